package dev.codexlsp.server.protocol;

/// A row of the table of methods.
///
/// The name is the bare one; a face that mounts the table elsewhere puts its prefix before it.
public sealed interface Row {

  String name();

  Class<?> params();

  /// What a client asks us.
  record ClientRequest<P, R>(String name, Class<P> params, Class<R> result) implements Row {}

  /// What we ask a client.
  record ServerRequest<P, R>(String name, Class<P> params, Class<R> result) implements Row {}

  /// What we tell a client.
  record ServerNotification<P>(String name, Class<P> params) implements Row {}
}
