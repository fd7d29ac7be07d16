package dev.codexlsp.exec.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.exec.ExecProcess;
import dev.codexlsp.exec.Run;
import dev.codexlsp.exec.Stdio;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a child must not get from the server and its threads, and the server's other children not
/// from it.
class InheritedTrapsTest {
  private static final Duration GRACE = Duration.ofSeconds(2);

  @TempDir Path folder;

  @Test
  void childOutlivesTheThreadThatAskedForIt() throws Exception {
    try (LocalBackend backend = Hands.POSIX.open(GRACE)) {
      AtomicReference<ExecProcess> started = new AtomicReference<>();
      List<String> diesWithItsParent =
          List.of("setpriv", "--pdeathsig", "KILL", "bash", "-c", "echo ready; read; exit 3");
      Thread starter =
          Thread.ofPlatform()
              .start(() -> {
                try {
                  started.set(
                      backend.start(Run.with(Run.spec(diesWithItsParent), new Stdio.Pipes(true))));
                } catch (Exception failure) {
                  throw new AssertionError(failure);
                }
              });
      starter.join();
      ExecProcess process = started.get();
      assertThat(Run.untilPrinted(process, "\n")).isEqualTo("ready\n");

      process.write(ByteBuffer.wrap(new byte[] {'\n'}));

      assertThat(Run.rest(process).exitCode()).isEqualTo(3);
    }
  }

  @Test
  void otherChildrenOfTheServerKeepTheirExitCodes() throws Exception {
    try (LocalBackend backend = Hands.POSIX.open(GRACE)) {
      List<ExecProcess> ours = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        ours.add(backend.start(Run.bash("exit 9")));
        assertThat(new ProcessBuilder("sh", "-c", "exit 7").start().waitFor()).isEqualTo(7);
      }
      for (ExecProcess process : ours) {
        assertThat(Run.of(process).exitCode()).isEqualTo(9);
      }
    }
  }

  /// A server that ignores signals, SIGCHLD among them, and has no standard streams.
  @Test
  void whatTheServerWasStartedWithIsNotPassedOn() throws Exception {
    Path result = folder.resolve("result");
    List<String> command =
        List.of(
            "bash",
            "-c",
            "trap '' INT HUP USR1 CHLD; exec \"$@\" <&- >&- 2>&-",
            "",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Server.class.getName(),
            result.toString());

    assertThat(new ProcessBuilder(command).start().waitFor()).isZero();

    assertThat(Files.readString(result))
        .isEqualTo(
            """
            SigBlk:	0000000000000000
            SigIgn:	0000000000000000
            out
            err
            7
            """);
  }

  static final class Server {
    private Server() {}

    public static void main(String[] arguments) throws Exception {
      try (LocalBackend backend = Hands.POSIX.open(GRACE)) {
        Run signals =
            Run.of(backend.start(Run.spec(List.of("grep", "Sig[BI]", "/proc/self/status"))));
        Run streams = Run.of(backend.start(Run.bash("echo out; echo err >&2; exit 7")));
        Files.writeString(
            Path.of(arguments[0]),
            signals.stdout() + streams.stdout() + streams.stderr() + streams.exitCode() + "\n");
      }
    }
  }
}
