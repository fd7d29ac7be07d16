package dev.codexlsp.exec.local;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.codexlsp.exec.TerminalSize;
import dev.codexlsp.exec.local.PosixSpawn.Spawned;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One child, from its start until it is reaped. Owned by the launcher's thread; nothing here
/// waits.
///
/// What is guaranteed about signals: they go to the group of the child only while the child is not
/// reaped. Until then, dead or alive, it holds its pid, so neither the pid nor the group of that
/// number can be given to anybody else, and a signal cannot hit a stranger. So the child is reaped
/// last: after the completion has been told, and after the KILL that follows a TERM. A child in its
/// drain window is a zombie, and [#terminate] still reaches what it left in its group. A process
/// that left for a group or a session of its own is not reached; one that stays behind after a
/// command which ended normally, and was not terminated, is left alive on purpose.
final class PosixChild {
  /// When everything is killed anyhow, this is for reading what lies in the pipes.
  private static final Duration CLOSING_GRACE = Duration.ofMillis(100);

  private static final int UNKNOWN_EXIT = -1;
  private static final int SIGNALLED = 128;
  private static final int SIGNALLED_AT_TERMINAL = 1;

  private final Libc libc;
  private final int pid;
  private final int pidfd;
  private final ChildStreams streams;
  private final EventQueue events;

  private Duration drainGrace;
  private int slot = PollSet.NONE;
  private boolean exited;
  private boolean completed;
  private boolean terminated;

  /// True while the pid is ours: the child is not reaped.
  private boolean holdsPid = true;

  private long drainUntil = Round.NEVER;
  private long killAt = Round.NEVER;

  PosixChild(
      Libc libc, Spawned spawned, ChildStreams streams, EventQueue events, Duration drainGrace) {
    this.libc = libc;
    this.pid = spawned.pid();
    this.pidfd = spawned.pidfd();
    this.streams = streams;
    this.events = events;
    this.drainGrace = drainGrace;
  }

  /// Any thread may ask for the two queues, and use them.
  EventQueue events() {
    return events;
  }

  /// Null for a child that has nothing to read.
  @Nullable InputQueue input() {
    return streams.input();
  }

  void watch(PollSet polls) {
    slot = exited ? PollSet.NONE : polls.add(pidfd, Libc.POLLIN);
    streams.watch(polls);
  }

  /// The time of the next thing to do that no descriptor announces.
  long nextTimer() {
    return Math.min(drainUntil, killAt);
  }

  /// Does what this round brings. Returns true when all is done and the child is reaped.
  boolean advance(Round round) {
    streams.advance(round);
    if (round.polls().isReady(slot)) {
      noticeExit(round);
    }
    if (round.now() >= killAt) {
      signalGroup(Libc.SIGKILL);
      killAt = Round.NEVER;
    }
    if (exited && !completed && (streams.haveEnded() || round.now() >= drainUntil)) {
      complete(round.buffer());
    }
    if (completed && killAt == Round.NEVER) {
      reap(round.buffer());
      return true;
    }
    return false;
  }

  /// TERM now, KILL after the grace. The grace holds for the whole group, so it runs on when the
  /// child itself has ended already.
  void terminate(long now) {
    if (!terminated) {
      terminated = true;
      signalGroup(Libc.SIGTERM);
      killAt = now + Launcher.TERMINATE_GRACE.toNanos();
    }
  }

  /// What Ctrl-C does.
  void interrupt() {
    @Nullable Terminal terminal = completed ? null : streams.terminal();
    if (terminal == null) {
      signalGroup(Libc.SIGINT);
    } else {
      terminal.interrupt();
    }
  }

  void resize(TerminalSize size) {
    @Nullable Terminal terminal = completed ? null : streams.terminal();
    if (terminal != null) {
      terminal.resize(size);
    }
  }

  /// Ends the group at once. Completion is told in one of the next rounds.
  void kill(long now) {
    terminated = true;
    killAt = Round.NEVER;
    signalGroup(Libc.SIGKILL);
    drainGrace = CLOSING_GRACE;
    if (exited && !completed) {
      drainUntil = Math.min(drainUntil, now + drainGrace.toNanos());
    }
  }

  /// The launcher's thread ends and cannot wait any longer: KILL was sent, which nothing refuses,
  /// so the end is told as if it had been seen.
  void abandon(MemorySegment buffer) {
    signalGroup(Libc.SIGKILL);
    if (!exited) {
      exited = true;
      events.exited(signalled(Libc.SIGKILL));
    }
    if (!completed) {
      complete(buffer);
    }
    reap(buffer);
  }

  private void noticeExit(Round round) {
    MemorySegment information = round.buffer();
    information.set(JAVA_INT, Libc.SI_PID, 0);
    int options = Libc.WEXITED | Libc.WNOHANG | Libc.WNOWAIT;
    int result = libc.waitid(Libc.P_PID, pid, information, options);
    if (result == 0 && information.get(JAVA_INT, Libc.SI_PID) == 0) {
      return;
    }
    exited = true;
    drainUntil = round.now() + drainGrace.toNanos();
    if (result < 0) {
      // Somebody else in this JVM has reaped it. We do not know how it ended, and the pid is gone.
      holdsPid = false;
      events.exited(UNKNOWN_EXIT);
      return;
    }
    int status = information.get(JAVA_INT, Libc.SI_STATUS);
    boolean normally = information.get(JAVA_INT, Libc.SI_CODE) == Libc.CLD_EXITED;
    events.exited(normally ? status : signalled(status));
  }

  private int signalled(int signal) {
    return streams.terminal() == null ? SIGNALLED + signal : SIGNALLED_AT_TERMINAL;
  }

  private void complete(MemorySegment buffer) {
    streams.drainAndClose(buffer);
    completed = true;
    drainUntil = Round.NEVER;
    events.closed(streams.haveEnded());
  }

  private void signalGroup(int signal) {
    if (holdsPid) {
      libc.kill(-pid, signal);
    }
  }

  private void reap(MemorySegment buffer) {
    if (holdsPid) {
      holdsPid = false;
      libc.waitid(Libc.P_PID, pid, buffer, Libc.WEXITED | Libc.WNOHANG);
    }
    libc.close(pidfd);
  }
}
