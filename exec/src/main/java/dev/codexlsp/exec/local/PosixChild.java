package dev.codexlsp.exec.local;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.codexlsp.exec.TerminalSize;
import dev.codexlsp.exec.local.PosixSpawn.Spawned;
import dev.codexlsp.exec.local.ProcessTable.Entry;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One child, from its start until it is reaped. Owned by the launcher's thread; nothing here
/// waits.
///
/// The child is [reaped][#reap] last: after the completion has been told, and after the KILL that
/// follows a TERM. So a child in its drain window is a zombie, and [#terminate] still reaches what
/// it left in its [Family]. What stays behind after a command which ended normally, and was not
/// terminated, is left alive on purpose.
final class PosixChild {
  /// For reading what lies in the pipes of one whose family was killed. If somebody holds them
  /// still, it is somebody who was not found, and need not end for a long time.
  private static final Duration KILLED_GRACE = Duration.ofMillis(100);

  /// What a confined child wrote last tells why it has failed, so it is waited for a little.
  private static final long LATE_OUTPUT_NANOS = 20_000_000;

  private static final int MOST_LOOKS = 4;

  private static final int UNKNOWN_EXIT = -1;
  private static final int SIGNALLED = 128;
  private static final int SIGNALLED_AT_TERMINAL = 1;

  private final Libc libc;
  private final int pid;
  private final int pidfd;
  private final Family family;
  private final ChildStreams streams;
  private final EventQueue events;
  private final @Nullable Confined confined;

  private Duration drainGrace;
  private int slot = PollSet.NONE;
  private boolean exited;
  private boolean told;
  private boolean completed;
  private boolean terminated;
  private boolean killed;
  private boolean lost;
  private boolean news;
  private int looks;

  private int exitCode;
  private boolean endedByItself;
  private long tellAt = Round.NEVER;
  private long drainUntil = Round.NEVER;
  private long killAt = Round.NEVER;

  /// Where what it writes comes from, and goes to.
  record Output(ChildStreams streams, EventQueue events) {}

  /// @param confined null for a child without limits
  PosixChild(
      Libc libc, Spawned spawned, @Nullable Confined confined, Output output, Duration drainGrace) {
    this.libc = libc;
    this.pid = spawned.pid();
    this.pidfd = spawned.pidfd();
    this.family = new Family(libc, pid, confined == null ? Family.Leader.COMMAND : confined.role());
    this.confined = confined;
    this.streams = output.streams();
    this.events = output.events();
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

  /// @param now as in [Round#now]
  void watch(PollSet polls, long now) {
    slot = exited ? PollSet.NONE : polls.add(pidfd, Libc.POLLIN);
    streams.watch(polls, now);
  }

  /// The time of the next thing to do that no descriptor announces.
  long nextTimer(long now) {
    long own = Math.min(told ? drainUntil : Math.min(tellAt, drainUntil), killAt);
    return completed ? own : Math.min(own, streams.nextTimer(now));
  }

  /// True when its grace after a TERM is over.
  boolean isToBeKilled(long now) {
    return now >= killAt;
  }

  /// Does what this round brings. Returns true when all is done and the child is to be reaped.
  ///
  /// @param sought whether those who hold the streams are being looked for, which takes the streams
  boolean advance(Round round, boolean sought) {
    streams.advance(round);
    if (round.polls().isReady(slot)) {
      noticeExit(round);
      if (exited) {
        streams.readPaused(round.buffer());
      }
    }
    if (exited && !told && (streams.haveEnded() || round.now() >= tellAt)) {
      tellExit(round.buffer());
    }
    if (told && !completed && (streams.haveEnded() || (!sought && round.now() >= drainUntil))) {
      complete(round.buffer());
    }
    return completed && killAt == Round.NEVER && !sought;
  }

  /// True once, when somebody else has reaped the child and the pid is not ours any more.
  boolean takeLoss() {
    boolean now = lost;
    lost = false;
    return now;
  }

  /// What Ctrl-C does.
  void interrupt() {
    @Nullable Terminal terminal = completed ? null : streams.terminal();
    if (terminal == null) {
      family.interrupt();
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

  /// TERM now, KILL after the grace. The grace holds for the whole family, so it runs on when the
  /// child itself has ended already.
  ///
  /// @param table read before: the death of a parent hides its children
  void terminate(ProcessTable table, long now) {
    terminated = true;
    family.look(table);
    family.terminate();
    killAt = now + Launcher.TERMINATE_GRACE.toNanos();
  }

  /// The end of the grace, or an end without any. It is told soon after, whoever holds the pipes.
  void kill(ProcessTable table, long now) {
    terminated = true;
    killed = true;
    looks = MOST_LOOKS;
    killAt = Round.NEVER;
    family.look(table);
    family.kill();
    if (drainGrace.compareTo(KILLED_GRACE) > 0) {
      drainGrace = KILLED_GRACE;
    }
    if (exited && !completed) {
      drainUntil = Math.min(drainUntil, now + drainGrace.toNanos());
    }
  }

  /// A [HolderSearch] begins.
  void look(ProcessTable table) {
    looks--;
    news = family.look(table);
    if (killed) {
      family.kill();
    }
  }

  /// One was found that [holds a stream][#isHeldBy].
  void take(Entry holder, ProcessTable table) {
    news |= family.take(holder, table);
  }

  /// After a search: true when it has found somebody, who may have had children meanwhile.
  boolean isToBeSearchedAgain() {
    return killed && news && looks > 0;
  }

  boolean knows(Entry entry) {
    return family.knows(entry);
  }

  long began() {
    return family.began();
  }

  /// See [ChildStreams#names].
  Set<String> streamNames() {
    return streams.names();
  }

  /// Whether a process has one of the streams open; who began before the child has it from somebody
  /// else.
  boolean isHeldBy(Entry process, Path link, String name) {
    return process.startTime() >= family.began() && streams.isHeldBy(link, name);
  }

  /// The launcher's thread ends and cannot wait any longer: KILL was sent, which nothing refuses,
  /// so the end is told as if it had been seen.
  void abandon(MemorySegment buffer) {
    family.kill();
    if (!exited) {
      exited = true;
      exitCode = signalled(Libc.SIGKILL);
    }
    if (!told) {
      tellExit(buffer);
    }
    if (!completed) {
      complete(buffer);
    }
  }

  /// The last call: frees the pid, if the child has ended.
  void reap(MemorySegment buffer) {
    family.reap(buffer, Libc.WNOHANG);
    release(buffer);
  }

  /// Kills, waits and reaps, which is quick with one that waits for nothing but us.
  void end(MemorySegment buffer) {
    abandon(buffer);
    family.reap(buffer, 0);
    release(buffer);
  }

  private void release(MemorySegment buffer) {
    libc.close(pidfd);
    if (confined != null) {
      confined.close(buffer);
    }
  }

  private void noticeExit(Round round) {
    MemorySegment information = round.buffer();
    information.set(JAVA_INT, Libc.SI_PID, 0);
    int options = Libc.WEXITED | Libc.WNOHANG | Libc.WNOWAIT;
    int result = libc.waitid(Libc.P_PID, pid, information, options);
    if (result == 0 && information.get(JAVA_INT, Libc.SI_PID) == 0) {
      return;
    }
    drainUntil = round.now() + drainGrace.toNanos();
    exited = true;
    tellAt = round.now();
    if (result < 0) {
      // Somebody else in this JVM has reaped it. We do not know how it ended.
      family.lose();
      lost = true;
      exitCode = UNKNOWN_EXIT;
      return;
    }
    int status = information.get(JAVA_INT, Libc.SI_STATUS);
    boolean normally = information.get(JAVA_INT, Libc.SI_CODE) == Libc.CLD_EXITED;
    exitCode = normally ? status : signalled(status);
    endedByItself = normally && !terminated;
    if (confined != null && endedByItself && status != 0) {
      tellAt += LATE_OUTPUT_NANOS;
    }
  }

  private void tellExit(MemorySegment buffer) {
    told = true;
    if (confined == null) {
      events.exited(exitCode);
    } else {
      confined.tellExit(events, exitCode, endedByItself, buffer);
    }
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
