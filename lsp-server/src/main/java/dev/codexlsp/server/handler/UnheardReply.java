package dev.codexlsp.server.handler;

import dev.codexlsp.core.thread.CodexException;
import dev.codexlsp.core.thread.Reply;

/// For a command that came as a notification: nobody waits for the answer.
final class UnheardReply<T> implements Reply<T> {
  @Override
  public boolean accept(T value) {
    return true;
  }

  @Override
  public void refuse(CodexException reason) {}
}
