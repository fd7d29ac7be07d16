package dev.codexlsp.exec.protocol;

import java.io.IOException;

/// The peer has sent a message that is too long to be read. It is skipped, and the connection goes
/// on.
public final class MessageTooLongException extends IOException {
  private static final long serialVersionUID = 1;

  public MessageTooLongException(int limit) {
    super("a message exceeds the limit of " + limit + " bytes");
  }
}
