package dev.codexlsp.exec.local;

import dev.codexlsp.exec.ExecException;
import dev.codexlsp.exec.TerminalSize;
import dev.codexlsp.exec.local.ChildCommand.Answer;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Every child that is not reaped yet, and the loop that serves them. Made, used and ended by the
/// launcher's one thread; others reach it through the [Mailbox] only.
///
/// Starting happens on this thread too, so that every child is the child of a thread that does not
/// end. It takes half a millisecond, and there is one start a round at most, so output is not held
/// back. Only a program that lies on a hanging file system could hold up all; but then the lookup,
/// on the caller's own thread, hangs first.
final class PosixChildren {
  private static final long BUFFER_BYTES = 64 * 1024;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Libc libc;
  private final Mailbox mailbox;
  private final Duration drainGrace;
  private final PosixSpawn spawn;
  private final Lifeline lifeline;
  private final PollSet polls;
  private final MemorySegment buffer;
  private final List<PosixChild> children = new ArrayList<>();
  private final Sweep sweep = new Sweep();

  /// Asked for since the last sweep.
  private final Set<PosixChild> terminating = new LinkedHashSet<>();

  private final long began = System.nanoTime();
  private boolean closing;
  private long endBy = Round.NEVER;

  /// @param arena of the calling thread; closed after the end
  PosixChildren(Libc libc, Arena arena, Mailbox mailbox, Duration drainGrace) {
    this.libc = libc;
    this.mailbox = mailbox;
    this.drainGrace = drainGrace;
    spawn = new PosixSpawn(libc, arena);
    polls = new PollSet(libc, arena);
    buffer = arena.allocate(BUFFER_BYTES, Long.BYTES);
    lifeline = new Lifeline(libc, spawn, buffer);
  }

  /// Serves until [ChildCommand.Close] has come and every child has ended, or could not be ended in
  /// time.
  void serve() {
    while (!closing || (!children.isEmpty() && now() < endBy)) {
      serveRound();
    }
  }

  private void serveRound() {
    polls.clear();
    int wakeUp = polls.add(mailbox.wakeUp(), Libc.POLLIN);
    long start = now();
    children.forEach(child -> child.watch(polls, start));
    lifeline.watch(polls, start);
    polls.poll(mailbox.isEmpty() && !sweep.isAtWork() ? millisToNextTimer(start) : 0);
    if (polls.isReady(wakeUp)) {
      // Before the command is taken: what is posted after this read wakes again.
      long _ = libc.read(mailbox.wakeUp(), buffer, Long.BYTES);
    }
    obeyAll();
    sweep();
    Round round = new Round(polls, room(), now());
    List<PosixChild> over =
        children.stream().filter(one -> one.advance(round, sweep.isAtWorkFor(one))).toList();
    children.stream().filter(PosixChild::takeLoss).forEach(one -> lifeline.release(one.pid()));
    over.forEach(this::reap);
    children.removeAll(over);
    lifeline.advance(round);
  }

  /// No process is to fill its share of what may lie unread by one read.
  private MemorySegment room() {
    return buffer.asSlice(0, Math.min(BUFFER_BYTES, EventQueue.share(children.size()) / 2));
  }

  private void reap(PosixChild child) {
    lifeline.release(child.pid());
    child.reap(buffer);
  }

  /// One start at most, as it takes its time.
  private void obeyAll() {
    @Nullable ChildCommand command = mailbox.take();
    while (command != null) {
      obey(command);
      command = command instanceof ChildCommand.Start ? null : mailbox.take();
    }
  }

  /// Ends those whose time has come, together with all that they have started.
  private void sweep() {
    terminating.removeIf(child -> !child.isToBeTerminated());
    long now = now();
    sweep.begin(terminating, children.stream().filter(one -> one.isToBeKilled(now)).toList(), now);
    terminating.clear();
    sweep.advance();
  }

  private int millisToNextTimer(long start) {
    long next = endBy;
    for (PosixChild child : children) {
      next = Math.min(next, child.nextTimer(start));
    }
    if (next == Round.NEVER) {
      return -1;
    }
    long left = Math.max(0, next - now());
    return (int) Math.min(Integer.MAX_VALUE, Math.ceilDiv(left, NANOS_PER_MILLI));
  }

  private long now() {
    return System.nanoTime() - began;
  }

  private void obey(ChildCommand command) {
    switch (command) {
      case ChildCommand.Start start -> answer(start);
      case ChildCommand.Withdraw(ChildCommand.Start start) -> {
        if (start.answer().poll() instanceof Answer.Running(PosixChild child)) {
          terminating.add(child);
        }
      }
      case ChildCommand.Interrupt(PosixChild child, AtomicBoolean pending) -> {
        pending.set(false);
        child.interrupt();
      }
      case ChildCommand.Resize(
              PosixChild child,
              AtomicReference<@Nullable TerminalSize> wanted) -> {
        @Nullable TerminalSize size = wanted.getAndSet(null);
        if (size != null) {
          child.resize(size);
        }
      }
      case ChildCommand.Terminate(PosixChild child) -> terminating.add(child);
      case ChildCommand.Close() -> close();
    }
  }

  /// Whatever happens there is an answer, as somebody waits for it.
  private void answer(ChildCommand.Start start) {
    Answer answer = new Answer.Failed(Launcher.refusal());
    try {
      answer = start(start);
    } finally {
      switch (answer) {
        case Answer.Running _ -> start.answer().add(answer);
        case Answer.Failed(ExecException failure) -> start.fail(failure);
      }
    }
  }

  private Answer start(ChildCommand.Start start) {
    if (closing) {
      return new Answer.Failed(Launcher.refusal());
    }
    String name = start.spec().argv().getFirst();
    try {
      lifeline.start();
      return new Answer.Running(started(start));
    } catch (ExecException failure) {
      return new Answer.Failed(failure);
    } catch (RuntimeException | OutOfMemoryError failure) {
      // One command cannot be had; the others have done nothing to deserve an end.
      return new Answer.Failed(new ExecException("cannot start " + name + ": " + failure, failure));
    }
  }

  private PosixChild started(ChildCommand.Start start) throws ExecException {
    PosixSpawn.Spawned spawned = spawn.spawn(start.program(), start.spec(), start.wrapping());
    boolean kept = false;
    try {
      lifeline.hold(spawned.pid());
      @Nullable Confined confined = confined(spawned, start.wrapping());
      EventQueue events =
          new EventQueue(
              mailbox::wake,
              confined == null ? null : confined.tail(),
              () -> EventQueue.share(children.size()));
      ChildStreams streams = spawned.ends().streams(events, mailbox::wake);
      PosixChild.Output output = new PosixChild.Output(streams, events);
      PosixChild child = new PosixChild(libc, spawned, confined, output, drainGrace);
      children.add(child);
      kept = true;
      return child;
    } finally {
      if (!kept) {
        lifeline.release(spawned.pid());
        spawn.undo(spawned);
      }
    }
  }

  private static @Nullable Confined confined(
      PosixSpawn.Spawned spawned, @Nullable Wrapping wrapping) {
    return switch (wrapping) {
      case null -> null;
      case Wrapping.Keeper keeper ->
          new Confined(
              new Confined.Keeper(Objects.requireNonNull(spawned.status()), keeper.lease()));
      case Wrapping.Gated _ -> new Confined(null);
    };
  }

  private void close() {
    closing = true;
    endBy = now() + Launcher.CLOSE_LIMIT.toNanos();
    sweep.begin(List.of(), children, now());
  }

  /// Leaves no consumer waiting, however the loop has ended.
  void end() {
    children.forEach(child -> child.abandon(buffer));
    children.forEach(this::reap);
    children.clear();
    lifeline.end();
  }
}
