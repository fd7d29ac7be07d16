package dev.codexlsp.core.tool;

import dev.codexlsp.exec.ExecProcess;
import dev.codexlsp.exec.ProcessEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A command that has been started. A virtual thread of its own follows it to its end and tells
/// what it prints; it may outlive the call, and the turn, that started it.
///
/// Everything but [#follow] may be called from any thread.
final class RunningCommand {
  private static final System.Logger LOG = System.getLogger(RunningCommand.class.getName());

  /// How long a command that says nothing is not yet taken to run, as in the original: a refusal of
  /// the sandbox would come sooner.
  private static final Duration EARLY = Duration.ofMillis(150);

  /// Any long time: the follower only waits again.
  private static final Duration LONG = Duration.ofHours(1);

  /// How long the end of a killed command is waited for. The grace between TERM and KILL fits in,
  /// and it fits into what a thread may take to end with the server.
  private static final Duration KILL_WAIT = Duration.ofMillis(900);

  private final String id;
  private final ExecProcess process;
  private final CommandItem item;
  private final long startedNanos = System.nanoTime();
  private final TextStream text = new TextStream();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by lock.
  private final CommandState state = new CommandState();
  private boolean wasKilled;

  // Guarded by lock: set once the end has been told.
  private boolean isDone;

  /// @param id what the model and people call the process
  RunningCommand(String id, ExecProcess process, CommandItem item) {
    this.id = id;
    this.process = process;
    this.item = item;
  }

  String id() {
    return id;
  }

  Terminals.Background background() {
    return item.background(id);
  }

  /// The model has written something to the command, or only looked at it.
  void interaction(String input) throws InterruptedException {
    item.interaction(id, input);
  }

  /// What a call gets to see.
  ///
  /// @param exitCode null while it runs, and when nobody knows
  /// @param isOver whether the command has ended
  /// @param remark what else there is to say, or null
  record Glance(
      RetainedOutput output,
      @Nullable Integer exitCode,
      boolean isOver,
      @Nullable String remark,
      Duration wallTime) {}

  /// Waits for the end, but not longer than given, and takes what was printed since the last time.
  Glance await(Duration yield) throws InterruptedException {
    long begun = System.nanoTime();
    lock.lock();
    try {
      long left = yield.toNanos();
      while (!isDone && left > 0) {
        left = changed.awaitNanos(left);
      }
      return new Glance(
          state.takeOutput(),
          isDone ? state.exitCode() : null,
          isDone,
          state.remark(),
          Duration.ofNanos(System.nanoTime() - begun));
    } finally {
      lock.unlock();
    }
  }

  boolean isDone() {
    lock.lock();
    try {
      return isDone;
    } finally {
      lock.unlock();
    }
  }

  /// False when the command reads nothing.
  boolean write(String input) throws InterruptedException {
    return process.write(ByteBuffer.wrap(input.getBytes(StandardCharsets.UTF_8)));
  }

  void interrupt() {
    process.interrupt();
  }

  /// Ends the command with everything it has started. Returns at once.
  void terminate() {
    lock.lock();
    try {
      wasKilled |= !state.isOver();
    } finally {
      lock.unlock();
    }
    process.terminate();
  }

  /// The same, and waits for the end, which an interrupt cannot cut short; it stays pending.
  void kill() {
    terminate();
    boolean interrupted = Thread.interrupted();
    long left = KILL_WAIT.toNanos();
    lock.lock();
    try {
      while (!isDone && left > 0) {
        try {
          left = changed.awaitNanos(left);
        } catch (InterruptedException again) {
          interrupted = true;
        }
      }
    } finally {
      lock.unlock();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private Duration age() {
    return Duration.ofNanos(System.nanoTime() - startedNanos);
  }

  /// Reads events until the last one and tells of them. Called once, on the command's own thread,
  /// which nobody interrupts.
  void follow() {
    try {
      ProcessEvent first = process.next(EARLY);
      if (!(first instanceof ProcessEvent.Exited exited && exited.sandboxDenied())) {
        item.runs(id);
      }
      ProcessEvent event = first;
      while (!(event instanceof ProcessEvent.Last)) {
        if (event != null) {
          take(event);
        }
        event = process.next(LONG);
      }
      finish(event);
    } catch (InterruptedException nobodyInterrupts) {
      LOG.log(System.Logger.Level.ERROR, "the command " + id + " is not followed any more");
    } finally {
      // Nobody may run on unheard. After the last event this does nothing.
      process.terminate();
      done();
    }
  }

  private void take(ProcessEvent event) throws InterruptedException {
    keep(event);
    if (event instanceof ProcessEvent.Output chunk) {
      // A refusal of the sandbox may come before what was printed until then.
      item.runs(id);
      String decoded = text.decode(chunk.bytes());
      if (!decoded.isEmpty()) {
        item.printed(decoded);
      }
    }
  }

  private void finish(ProcessEvent last) throws InterruptedException {
    keep(last);
    String rest = text.end();
    if (!rest.isEmpty()) {
      item.printed(rest);
    }
    boolean killed;
    lock.lock();
    try {
      killed = wasKilled;
    } finally {
      lock.unlock();
    }
    // Nothing but this thread changes the state, and it is at its end.
    item.completed(id, state, killed, age());
  }

  private void keep(ProcessEvent event) {
    lock.lock();
    try {
      state.take(event);
    } finally {
      lock.unlock();
    }
  }

  private void done() {
    lock.lock();
    try {
      isDone = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
