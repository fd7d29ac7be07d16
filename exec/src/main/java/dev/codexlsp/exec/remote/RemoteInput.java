package dev.codexlsp.exec.remote;

import dev.codexlsp.exec.Stdio;
import dev.codexlsp.exec.protocol.ExecMethods;
import dev.codexlsp.exec.protocol.ProcessWrite;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// What a process of another place is given to read. Any thread may write; who wants an order
/// writes from one.
final class RemoteInput {
  /// How much is written with one call.
  private static final int WRITE_BYTES = 64 * 1024;

  private static final Duration STARTING_PAUSE = Duration.ofMillis(10);

  private final RemoteEvents events;
  private final Session session;
  private final boolean exists;
  private final AtomicLong writes = new AtomicLong();

  RemoteInput(RemoteEvents events, Session session, Stdio stdio) {
    this.events = events;
    this.session = session;
    this.exists =
        switch (stdio) {
          case Stdio.Pipes(boolean input) -> input;
          case Stdio.Terminal _ -> true;
        };
  }

  /// See [dev.codexlsp.exec.ExecProcess#write].
  boolean write(ByteBuffer bytes) throws InterruptedException {
    boolean hasInput = exists;
    ByteBuffer rest = bytes.duplicate();
    while (hasInput && rest.hasRemaining() && !events.isOver()) {
      int count = Math.min(rest.remaining(), WRITE_BYTES);
      hasInput = writePiece(rest.slice(rest.position(), count));
      rest.position(rest.position() + count);
    }
    return hasInput;
  }

  /// Repeated under the same id when the connection breaks, so that it is written once. A process
  /// may take as long as it likes to read.
  private boolean writePiece(ByteBuffer piece) throws InterruptedException {
    ProcessWrite write =
        new ProcessWrite(events.id(), piece, String.valueOf(writes.incrementAndGet()));
    try {
      while (true) {
        ProcessWrite.Result written =
            session.callWhile(ExecMethods.PROCESS_WRITE, write, () -> !events.isOver());
        switch (written.status()) {
          case ACCEPTED -> {
            return true;
          }
          case UNKNOWN_PROCESS -> {
            events.doubt();
            return true;
          }
          case STDIN_CLOSED -> {
            events.doubt();
            return false;
          }
          case STARTING -> Thread.sleep(STARTING_PAUSE);
        }
      }
    } catch (CallException failure) {
      // What comes after the end is dropped; the events tell of it.
      return true;
    }
  }
}
