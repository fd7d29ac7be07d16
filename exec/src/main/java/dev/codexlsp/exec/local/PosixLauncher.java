package dev.codexlsp.exec.local;

import dev.codexlsp.exec.ExecException;
import dev.codexlsp.exec.ExecProcess;
import dev.codexlsp.exec.ProcessSpec;
import dev.codexlsp.exec.local.ChildCommand.Answer;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Starts processes by `posix_spawn` and watches them by `poll`, on Linux with glibc.
///
/// This is the side that any thread may call: it only posts to the one platform thread that owns
/// the children, and waits in Java. That thread lives from the first start until [#close].
final class PosixLauncher implements Launcher {
  private final Libc libc;
  private final Duration drainGrace;
  private final Mailbox mailbox;
  private final Thread thread;

  /// Why the thread has ended by itself; written before the mailbox is shut.
  private volatile @Nullable Throwable breakdown;

  PosixLauncher(Libc libc, Duration drainGrace) {
    this.libc = libc;
    this.drainGrace = drainGrace;
    mailbox = new Mailbox(libc);
    thread = Thread.ofPlatform().daemon().name("exec-local").start(this::run);
  }

  @Override
  public ExecProcess launch(Path program, ProcessSpec spec, @Nullable Wrapping wrapping)
      throws ExecException, InterruptedException {
    ChildCommand.Start start = new ChildCommand.Start(program, spec, wrapping);
    if (!mailbox.post(start)) {
      start.fail(refusal());
    }
    try {
      return switch (start.answer().take()) {
        case Answer.Running(PosixChild child) ->
            new LocalProcess(
                child.events(),
                child.input(),
                new PosixControl(mailbox, child),
                wrapping == null ? null : wrapping.rung());
        case Answer.Failed(ExecException failure) -> throw failure;
      };
    } catch (InterruptedException interrupt) {
      mailbox.post(new ChildCommand.Withdraw(start));
      throw interrupt;
    }
  }

  private ExecException refusal() {
    @Nullable Throwable reason = breakdown;
    return reason == null
        ? Launcher.refusal()
        : new ExecException("commands are not accepted any more: " + reason, reason);
  }

  private void run() {
    try (Arena arena = Arena.ofConfined()) {
      PosixChildren children = new PosixChildren(libc, arena, mailbox, drainGrace);
      try {
        children.serve();
      } finally {
        children.end();
      }
    } catch (RuntimeException | Error failure) {
      breakdown = failure;
      throw failure;
    } finally {
      for (ChildCommand command : mailbox.shut()) {
        if (command instanceof ChildCommand.Start start) {
          start.fail(refusal());
        }
      }
    }
  }

  @Override
  public void close() {
    mailbox.post(new ChildCommand.Close());
    try {
      // The thread ends by itself within the limit; the rest is for a busy machine.
      thread.join(CLOSE_LIMIT.plusMillis(500));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
