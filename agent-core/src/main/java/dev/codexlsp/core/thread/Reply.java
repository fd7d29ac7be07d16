package dev.codexlsp.core.thread;

/// The one answer to a command. Whoever holds it calls exactly one of the two methods, once.
public interface Reply<T> {

  /// Answers. False means that the caller has given up in the meantime, so the command must not
  /// take effect.
  boolean accept(T value);

  void refuse(CodexException reason);
}
