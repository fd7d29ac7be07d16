package dev.codexlsp.exec.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.exec.ExecProcess;
import dev.codexlsp.exec.Run;
import dev.codexlsp.exec.Stdio;
import dev.codexlsp.exec.TerminalSize;
import java.io.BufferedReader;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Whose terminal is whose, when commands are ended: their paths are used again and again.
class FamilyAtTerminalTest {
  private static final Stdio TERMINAL = new Stdio.Terminal(TerminalSize.DEFAULT);

  /// After the KILL that follows a TERM.
  private static final Duration ALL_IS_OVER = Launcher.TERMINATE_GRACE.plusMillis(300);

  private final LocalBackend backend = Hands.POSIX.open(Run.LIMIT);

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void holderIsFound() throws Exception {
    ExecProcess process =
        backend.start(
            Run.bash(
                "(setsid bash -c 'trap \"\" HUP; echo $$; sleep 60; sleep 60' &); exec sleep 60",
                TERMINAL));
    long left = Long.parseLong(Run.untilPrinted(process, "\n").strip());

    process.terminate();

    Run.await("it has ended", () -> !Run.isAlive(left));
    assertThat(Run.rest(process).exitCode()).isEqualTo(1);
  }

  @Test
  void nextCommandAtTheSamePathIsLeftAlone() throws Exception {
    String script = "tty; exec sleep 60";
    ExecProcess ended = backend.start(Run.bash(script, TERMINAL));
    String path = Run.untilPrinted(ended, "\n");
    ended.terminate();
    assertThat(Run.rest(ended).exitCode()).isEqualTo(1);

    ExecProcess next = backend.start(Run.bash(script, TERMINAL));

    assertThat(Run.untilPrinted(next, "\n")).isEqualTo(path);
    assertThat(next.next(ALL_IS_OVER)).isNull();
    next.terminate();
  }

  @Test
  void terminalOfAnotherContainerIsLeftAlone() throws Exception {
    ExecProcess ended = backend.start(Run.bash("tty; exec sleep 60", TERMINAL));
    String path = Run.untilPrinted(ended, "\n").strip();
    Process stranger = inAnotherContainer(path);
    try (BufferedReader printed = stranger.inputReader()) {
      assertThat(printed.readLine()).isEqualTo("holds " + path);

      ended.terminate();

      assertThat(Run.rest(ended).exitCode()).isEqualTo(1);
      Run.await("the command is reaped", () -> children() == 1);
      assertThat(stranger.isAlive()).isTrue();
    } finally {
      stranger.descendants().forEach(ProcessHandle::destroyForcibly);
      stranger.destroyForcibly();
    }
  }

  private static long children() {
    return ProcessHandle.current().children().filter(child -> !Run.isLifeline(child)).count();
  }

  /// Opens terminals of a world of its own until it has one that is called like ours.
  private static Process inAnotherContainer(String path) throws Exception {
    String open =
        """
        import os, sys, time
        name = ''
        while name != sys.argv[1]:
            master, slave = os.openpty()
            name = os.readlink('/proc/self/fd/%d' % slave)
        print('holds ' + name, flush=True)
        time.sleep(60)
        """;
    String world =
        """
        mount -t devpts -o newinstance,ptmxmode=0666 devpts /dev/pts &&
        mount --bind /dev/pts/ptmx /dev/ptmx &&
        exec python3 -c "$1" "$2"
        """;
    return new ProcessBuilder(
            "unshare", "--user", "--map-root-user", "--mount", "sh", "-c", world, "", open, path)
        .redirectErrorStream(true)
        .start();
  }
}
