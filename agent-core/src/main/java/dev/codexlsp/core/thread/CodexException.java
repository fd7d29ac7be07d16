package dev.codexlsp.core.thread;

/// Something a caller asked for and we decline. It becomes an error answer with this message; it is
/// never a bug and never carries a stack trace to the client.
public final class CodexException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public CodexException(String message) {
    super(message);
  }

  public static CodexException threadNotFound(ThreadId id) {
    return new CodexException("thread not found: " + id);
  }
}
