package dev.codexlsp.exec.local;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.codexlsp.exec.ExecException;
import dev.codexlsp.exec.ProcessSpec;
import dev.codexlsp.exec.Stdio;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A small shell that outlives this JVM by a moment, however it ends: it reads from a pipe which
/// sessions live, and when the pipe comes to its end it kills them. Owned by the launcher's thread.
///
/// It finds by their numbers the groups of these sessions, everybody else in them, and the
/// descendants whose parents all live; that is less than [Family] finds. Numbers are used again, so
/// a session is taken back before its leader is reaped: what lies in the pipe is read before its
/// end. So no number is killed that was free while the server lived; after its death others reap,
/// and in the milliseconds until the KILL a number might become somebody else's.
///
/// A child that was started in the very moment of a `kill -9`, before its number was in the pipe,
/// lives on. When somebody has ended the shell itself, nobody watches until the next start.
final class Lifeline {
  /// Found in the list of processes, where a user may ask what it is.
  private static final String NAME = "codex-lsp-lifeline";

  private static final Path SHELL = Path.of("/bin/sh");

  /// Only what every shell has built in. Fields of `/proc/PID/stat` after the name: state, parent,
  /// group, session.
  private static final String SCRIPT =
      """
      exec >/dev/null 2>&1
      trap '' HUP INT QUIT TERM PIPE
      live=' '
      while read -r change pid; do
        case $change in
          +) live="$live$pid " ;;
          -) live="${live%%" $pid "*} ${live#*" $pid "}" ;;
        esac
      done
      grown=1
      while [ "$live" != ' ' ] && [ "$grown" ]; do
        grown=
        for stat in /proc/[0-9]*/stat; do
          pid=${stat#/proc/} pid=${pid%/stat}
          read -r line <"$stat" || continue
          set -- ${line##*) }
          case $live in
            *" $pid "*) ;;
            *" $2 "* | *" $4 "*) live="$live$pid " grown=1 ;;
          esac
        done
      done
      for pid in $live; do
        kill -s KILL -- "-$pid"
        kill -s KILL -- "$pid"
      done
      """;

  private static final ProcessSpec SPEC =
      new ProcessSpec(
          List.of(SHELL.toString(), "-c", SCRIPT, NAME),
          null,
          Path.of("/"),
          Map.of(),
          new Stdio.Pipes(true));

  private final Libc libc;
  private final PosixSpawn spawn;
  private final MemorySegment buffer;
  private final Set<Integer> sessions = new HashSet<>();

  /// Null before the first start, and when it has ended; nobody has a reason to end it.
  private @Nullable PosixChild shell;

  /// @param buffer that anybody may use until he returns
  Lifeline(Libc libc, PosixSpawn spawn, MemorySegment buffer) {
    this.libc = libc;
    this.spawn = spawn;
    this.buffer = buffer;
  }

  /// Before a child is started: makes sure that the shell is there.
  void start() throws ExecException {
    if (shell == null) {
      PosixSpawn.Spawned spawned = spawnShell();
      EventQueue unread = new EventQueue(() -> {});
      ChildStreams streams = spawned.ends().streams(unread, () -> {});
      shell =
          new PosixChild(
              libc, spawned, null, new PosixChild.Output(streams, unread), Duration.ZERO);
      sessions.forEach(session -> tell(shell, '+', session));
    }
  }

  private PosixSpawn.Spawned spawnShell() throws ExecException {
    try {
      return spawn.spawn(SHELL, SPEC, null);
    } catch (ExecException failure) {
      throw new ExecException(
          "cannot start the shell that guards commands: " + failure.getMessage(), failure);
    }
  }

  /// From here on the session ends with this JVM.
  void hold(int session) {
    sessions.add(session);
    tell('+', session);
  }

  /// To be called before the leader is reaped; what is not held is left as it is.
  void release(int session) {
    if (sessions.remove(session)) {
      tell('-', session);
    }
  }

  /// A shell that does not read is stopped or stuck: then another one takes its place.
  private void tell(char change, int session) {
    if (shell != null && !tell(shell, change, session)) {
      shell.end(buffer);
      shell = null;
      try {
        start();
      } catch (ExecException _) {
        // The next start of a command tries again.
      }
    }
  }

  private boolean tell(PosixChild reader, char change, int session) {
    return reader.give((change + " " + session + "\n").getBytes(US_ASCII), buffer);
  }

  /// @param now as in [Round#now]
  void watch(PollSet polls, long now) {
    if (shell != null) {
      shell.watch(polls, now);
    }
  }

  void advance(Round round) {
    if (shell != null && shell.advance(round, false)) {
      shell.reap(round.buffer());
      shell = null;
    }
  }

  /// Every session has ended, or was sent what ends it.
  void end() {
    if (shell != null) {
      shell.end(buffer);
      shell = null;
    }
  }
}
