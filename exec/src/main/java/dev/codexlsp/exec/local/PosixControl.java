package dev.codexlsp.exec.local;

import dev.codexlsp.exec.TerminalSize;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Tells the launcher's thread what others want of one child. However often they ask, no more than
/// one command of each kind lies in the mailbox.
final class PosixControl implements ChildControl {
  private final Mailbox mailbox;
  private final PosixChild child;
  private final AtomicBoolean interrupting = new AtomicBoolean();

  /// The size that was asked for last, and not set yet.
  private final AtomicReference<@Nullable TerminalSize> size = new AtomicReference<>();

  PosixControl(Mailbox mailbox, PosixChild child) {
    this.mailbox = mailbox;
    this.child = child;
  }

  @Override
  public void resize(TerminalSize size) {
    if (this.size.getAndSet(size) == null) {
      mailbox.post(new ChildCommand.Resize(child, this.size));
    }
  }

  @Override
  public void interrupt() {
    if (interrupting.compareAndSet(false, true)) {
      mailbox.post(new ChildCommand.Interrupt(child, interrupting));
    }
  }

  @Override
  public void terminate() {
    mailbox.post(new ChildCommand.Terminate(child));
  }
}
