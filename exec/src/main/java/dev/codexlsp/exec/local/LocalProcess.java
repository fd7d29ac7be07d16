package dev.codexlsp.exec.local;

import dev.codexlsp.exec.ExecProcess;
import dev.codexlsp.exec.ProcessEvent;
import dev.codexlsp.exec.TerminalSize;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// What the consumer holds of a process of this machine: the end of its event queue, and the string
/// that ends it.
final class LocalProcess implements ExecProcess {
  private final EventQueue events;
  private final Runnable termination;
  private final AtomicBoolean terminated = new AtomicBoolean();

  /// @param termination begins to end the process, without waiting; it is run once at most
  LocalProcess(EventQueue events, Runnable termination) {
    this.events = events;
    this.termination = termination;
  }

  @Override
  public @Nullable ProcessEvent next(Duration timeout) throws InterruptedException {
    return events.next(timeout);
  }

  @Override
  public boolean write(ByteBuffer bytes) {
    return false;
  }

  @Override
  public void resize(TerminalSize size) {}

  @Override
  public void interrupt() {}

  @Override
  public void terminate() {
    if (terminated.compareAndSet(false, true)) {
      termination.run();
    }
  }
}
