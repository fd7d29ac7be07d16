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
/// The child is [reaped][#reap] last: after the completion has been told, and after the KILL that
/// follows a TERM. So a child in its drain window is a zombie, and [#terminate] still reaches what
/// it left in its [Family]. What stays behind after a command which ended normally, and was not
/// terminated, is left alive on purpose.
final class PosixChild {
  /// When everything is killed anyhow, this is for reading what lies in the pipes.
  private static final Duration CLOSING_GRACE = Duration.ofMillis(100);

  private static final int UNKNOWN_EXIT = -1;
  private static final int SIGNALLED = 128;
  private static final int SIGNALLED_AT_TERMINAL = 1;

  private final Libc libc;
  private final int pid;
  private final int pidfd;
  private final Family family;
  private final ChildStreams streams;
  private final EventQueue events;

  private Duration drainGrace;
  private int slot = PollSet.NONE;
  private boolean exited;
  private boolean completed;
  private boolean terminated;

  private long drainUntil = Round.NEVER;
  private long killAt = Round.NEVER;

  PosixChild(
      Libc libc, Spawned spawned, ChildStreams streams, EventQueue events, Duration drainGrace) {
    this.libc = libc;
    this.pid = spawned.pid();
    this.pidfd = spawned.pidfd();
    this.family = new Family(libc, pid);
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

  /// Also the number of its session.
  int pid() {
    return pid;
  }

  /// See [InputPipe#writeNow].
  boolean give(byte[] line, MemorySegment buffer) {
    return streams.writeNow(line, buffer);
  }

  void watch(PollSet polls) {
    slot = exited ? PollSet.NONE : polls.add(pidfd, Libc.POLLIN);
    streams.watch(polls);
  }

  /// The time of the next thing to do that no descriptor announces.
  long nextTimer() {
    return Math.min(drainUntil, killAt);
  }

  /// True when its grace after a TERM is over.
  boolean isToBeKilled(long now) {
    return now >= killAt;
  }

  /// Does what this round brings. Returns true when all is done and the child is to be reaped.
  boolean advance(Round round) {
    streams.advance(round);
    if (round.polls().isReady(slot)) {
      noticeExit(round);
    }
    if (exited && !completed && (streams.haveEnded() || round.now() >= drainUntil)) {
      complete(round.buffer());
    }
    return completed && killAt == Round.NEVER;
  }

  /// What Ctrl-C does.
  void interrupt() {
    @Nullable Terminal terminal = completed ? null : streams.terminal();
    if (terminal == null) {
      family.signalGroup(Libc.SIGINT);
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

  /// False when it is terminated, killed or completed already.
  boolean isToBeTerminated() {
    return !terminated && !completed;
  }

  /// Before any signal: the death of a parent hides its children. Returns true when there is
  /// somebody who was not there at the last look.
  boolean findFamily(ProcessTable table) {
    return family.find(table, streams);
  }

  /// TERM now, KILL after the grace. The grace holds for the whole family, so it runs on when the
  /// child itself has ended already.
  void terminate(long now) {
    terminated = true;
    family.signal(Libc.SIGTERM);
    killAt = now + Launcher.TERMINATE_GRACE.toNanos();
  }

  /// The end of the grace.
  void kill() {
    terminated = true;
    killAt = Round.NEVER;
    family.signal(Libc.SIGKILL);
  }

  /// Ends the family, and does not wait long for what lies in the pipes.
  void killInHaste(long now) {
    kill();
    drainGrace = CLOSING_GRACE;
    if (exited && !completed) {
      drainUntil = Math.min(drainUntil, now + drainGrace.toNanos());
    }
  }

  /// The launcher's thread ends and cannot wait any longer: KILL was sent, which nothing refuses,
  /// so the end is told as if it had been seen.
  void abandon(MemorySegment buffer) {
    family.signal(Libc.SIGKILL);
    if (!exited) {
      exited = true;
      events.exited(signalled(Libc.SIGKILL));
    }
    if (!completed) {
      complete(buffer);
    }
  }

  /// The last call: frees the pid, if the child has ended.
  void reap(MemorySegment buffer) {
    family.reap(buffer, Libc.WNOHANG);
    libc.close(pidfd);
  }

  /// Kills, waits and reaps, which is quick with one that waits for nothing but us.
  void end(MemorySegment buffer) {
    abandon(buffer);
    family.reap(buffer, 0);
    libc.close(pidfd);
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
      // Somebody else in this JVM has reaped it. We do not know how it ended.
      family.lose();
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
}
