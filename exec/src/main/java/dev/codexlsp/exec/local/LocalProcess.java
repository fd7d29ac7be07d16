package dev.codexlsp.exec.local;

import dev.codexlsp.exec.ExecProcess;
import dev.codexlsp.exec.ProcessEvent;
import dev.codexlsp.exec.TerminalSize;
import dev.codexlsp.exec.sandbox.Rung;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// What the consumer holds of a process of this machine: the end of its event queue, the beginning
/// of its input queue, and the strings that move it.
final class LocalProcess implements ExecProcess {
  private final EventQueue events;
  private final @Nullable InputQueue input;
  private final ChildControl control;
  private final @Nullable Rung rung;
  private final AtomicBoolean terminated = new AtomicBoolean();

  /// @param input null for a process that has none
  /// @param rung null for a process without limits
  LocalProcess(
      EventQueue events, @Nullable InputQueue input, ChildControl control, @Nullable Rung rung) {
    this.rung = rung;
    this.events = events;
    this.input = input;
    this.control = control;
  }

  @Override
  public @Nullable Rung rung() {
    return rung;
  }

  @Override
  public @Nullable ProcessEvent next(Duration timeout) throws InterruptedException {
    return events.next(timeout);
  }

  @Override
  public boolean write(ByteBuffer bytes) throws InterruptedException {
    if (input == null) {
      return false;
    }
    input.write(bytes);
    return true;
  }

  @Override
  public void resize(TerminalSize size) {
    control.resize(size);
  }

  @Override
  public void interrupt() {
    control.interrupt();
  }

  @Override
  public void terminate() {
    if (terminated.compareAndSet(false, true)) {
      control.terminate();
    }
  }
}
