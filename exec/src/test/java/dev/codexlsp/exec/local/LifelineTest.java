package dev.codexlsp.exec.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.exec.ExecProcess;
import dev.codexlsp.exec.Run;
import dev.codexlsp.exec.Stdio;
import dev.codexlsp.exec.TerminalSize;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/// What becomes of commands when their server is killed, with a JVM that is. It looks for the
/// lifeline among the children of this JVM, so no other test may have one meanwhile.
@Isolated
class LifelineTest {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final LocalBackend backend = Hands.POSIX.open(Duration.ofMillis(300));
  private final List<Long> pids = new ArrayList<>();

  @AfterEach
  void close() {
    backend.close();
    pids.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
  }

  /// The server that is killed: it starts what it was told, prints the pids that they print, and
  /// waits for the end.
  static final class Victim {
    private static final List<String> ENDED =
        List.of(
            "echo $$; exec sleep 60",
            "trap '' TERM INT HUP; echo $$; while :; do sleep 60; done",
            "sleep 60 & echo $!; wait",
            "setsid sleep 60 & echo $!; wait",
            "set -m; (bash -c 'echo $$; exec >&- 2>&-; sleep 60; sleep 60' &); exec sleep 60");

    private static final String LEFT = "sleep 60 >&- 2>&- & echo $!";

    private Victim() {}

    public static void main(String[] arguments) throws Exception {
      LocalBackend backend = Hands.POSIX.open(Duration.ofSeconds(2));
      for (String script : ENDED) {
        print(backend.start(Run.bash(script)));
      }
      Stdio terminal = new Stdio.Terminal(TerminalSize.DEFAULT);
      print(backend.start(Run.bash("trap '' HUP; echo $$; sleep 60; sleep 60", terminal)));
      for (int i = 0; i < 20; i++) {
        Run.of(backend.start(Run.bash("true")));
      }
      String left = Run.of(backend.start(Run.bash(LEFT))).stdout();
      Run.await("the last one is reaped", () -> children() == ENDED.size() + 2);
      System.out.print(left);
      System.out.println("ready");
      // To be killed, but to be gone some time if nobody does.
      Thread.sleep(Run.LIMIT);
    }

    private static long children() {
      return ProcessHandle.current().children().count();
    }

    private static void print(ExecProcess process) throws InterruptedException {
      System.out.println(Run.untilPrinted(process, "\n").strip());
    }
  }

  @Test
  void whatRunsEndsWithAKilledServer() throws Exception {
    Process victim = startVictim();
    BufferedReader printed =
        new BufferedReader(new InputStreamReader(victim.getInputStream(), StandardCharsets.UTF_8));
    for (String line = printed.readLine(); !line.equals("ready"); line = printed.readLine()) {
      pids.add(Long.parseLong(line));
    }
    List<Long> all = new ArrayList<>(pids);
    long left = all.removeLast();
    long lifeline = lifeline(victim.toHandle()).pid();
    pids.add(lifeline);
    assertThat(all).hasSize(6).allMatch(Run::isAlive);

    long began = System.nanoTime();
    victim.destroyForcibly();

    Run.await("all have ended", () -> all.stream().noneMatch(Run::isAlive));
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(LIMIT);
    Run.await("the lifeline ends", () -> !Run.isAlive(lifeline));
    assertThat(Run.isAlive(left)).isTrue();
    assertThat(victim.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  private static Process startVictim() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Victim.class.getName())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .redirectInput(new File("/dev/null"))
        .start();
  }

  @Test
  void thereIsOneForAllCommandsAndItEndsWithTheBackend() throws Exception {
    assertThat(lifelines(ProcessHandle.current())).isEmpty();
    Run.of(backend.start(Run.bash("true")));
    Run.of(backend.start(Run.bash("true")));
    long pid = lifeline(ProcessHandle.current()).pid();
    pids.add(pid);

    backend.close();

    assertThat(ProcessHandle.of(pid)).isEmpty();
  }

  @Test
  void aNewOneTakesThePlaceOfOneThatEnded() throws Exception {
    ExecProcess process = backend.start(Run.bash("exec sleep 60"));
    ProcessHandle first = lifeline(ProcessHandle.current());

    first.destroyForcibly();
    Run.await("it is reaped", () -> ProcessHandle.of(first.pid()).isEmpty());
    Run.of(backend.start(Run.bash("true")));

    ProcessHandle second = lifeline(ProcessHandle.current());
    assertThat(second.pid()).isNotEqualTo(first.pid());
    process.terminate();
    assertThat(Run.of(process).exitCode()).isEqualTo(143);
  }

  @Test
  @Tag("slow")
  void aNewOneTakesThePlaceOfOneThatDoesNotRead() throws Exception {
    Run.of(backend.start(Run.bash("true")));
    ProcessHandle first = lifeline(ProcessHandle.current());
    assertThat(new ProcessBuilder("kill", "-STOP", "" + first.pid()).start().waitFor()).isZero();

    // Its pipe holds no more than this.
    for (int i = 0; i < 65_536 / 2 && first.isAlive(); i++) {
      Run.of(backend.start(Run.spec(List.of("/bin/true"))));
    }

    Run.await("it is reaped", () -> ProcessHandle.of(first.pid()).isEmpty());
    assertThat(Run.of(backend.start(Run.bash("exit 3"))).exitCode()).isEqualTo(3);
    assertThat(lifeline(ProcessHandle.current()).pid()).isNotEqualTo(first.pid());
  }

  /// A process that was just born has no command line for a moment.
  private static ProcessHandle lifeline(ProcessHandle server) {
    Run.await("there is one", () -> lifelines(server).size() == 1);
    return lifelines(server).getFirst();
  }

  private static List<ProcessHandle> lifelines(ProcessHandle server) {
    return server.children().filter(Run::isLifeline).toList();
  }
}
