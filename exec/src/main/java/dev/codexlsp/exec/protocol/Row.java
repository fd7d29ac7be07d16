package dev.codexlsp.exec.protocol;

/// A row of the table of methods.
public sealed interface Row {

  String name();

  Class<?> params();

  /// What a client asks a server.
  record Request<P, R>(String name, Family family, Class<P> params, Class<R> result)
      implements Row {}

  /// What one end tells the other.
  record Notification<P>(String name, Class<P> params) implements Row {}
}
