package dev.codexlsp.exec.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.exec.ExecProcess;
import dev.codexlsp.exec.ProcessEvent;
import dev.codexlsp.exec.Run;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Ends that are made difficult: by many strangers, and by those that do not want to end.
class SweepTest {
  private static final Duration FOR_EVER = Duration.ofDays(365);

  private final LocalBackend backend = Hands.POSIX.open(FOR_EVER);
  private final List<Process> strangers = new ArrayList<>();
  private final List<Long> pids = new ArrayList<>();

  @AfterEach
  void close() {
    backend.close();
    for (Process stranger : strangers) {
      stranger.descendants().forEach(ProcessHandle::destroyForcibly);
      stranger.destroyForcibly();
    }
    pids.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
  }

  @Test
  void closeEndsAllThoughOthersHaveMuchOpen() throws Exception {
    List<ExecProcess> processes = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      String orphan = "(setsid bash -c 'echo $$; exec sleep 60' &)";
      processes.add(backend.start(Run.bash(orphan + "; setsid sleep 60 & echo $!; wait")));
    }
    for (ExecProcess process : processes) {
      for (int printed = 0; printed < 2; ) {
        List<String> lines = Run.untilPrinted(process, "\n").lines().toList();
        lines.forEach(line -> pids.add(Long.parseLong(line)));
        printed += lines.size();
      }
    }
    stranger(
        """
        import os, time
        fds = [os.open('/dev/null', 0) for i in range(200)]
        for i in range(60):
            if os.fork() == 0:
                time.sleep(60)
                os._exit(0)
        print('ready', flush=True)
        time.sleep(60)
        """,
        "ready");

    backend.close();

    assertThat(pids).hasSize(20);
    // What is killed needs a moment, but nobody is left who could do more to it.
    Run.await("all have ended", () -> pids.stream().noneMatch(Run::isAlive));
    for (ExecProcess process : processes) {
      assertThat(Run.rest(process).exitCode()).isEqualTo(137);
    }
  }

  @Test
  void hoppingFromGroupToGroupDoesNotHelp() throws Exception {
    String hopping =
        """
        import os, signal, time
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        group = os.getpgrp()
        print(os.getpid(), flush=True)
        end = time.time() + 30
        while time.time() < end:
            os.setpgid(0, 0)
            os.setpgid(0, group)
        """;
    for (int i = 0; i < 5; i++) {
      ExecProcess process =
          backend.start(
              Run.spec(
                  List.of(
                      "bash", "-c", "trap '' TERM; python3 -c \"$1\" & sleep 60", "", hopping)));
      long pid = Long.parseLong(Run.untilPrinted(process, "\n").strip());
      pids.add(pid);

      process.terminate();

      assertThat(Run.rest(process).exitCode()).isEqualTo(137);
      Run.await("it has ended", () -> !Run.isAlive(pid));
    }
  }

  @Test
  void holderThatIsNotFoundDoesNotHoldTheEndUp() throws Exception {
    // It is older than the command, and was handed its output, as terminal multiplexers are.
    Process holder =
        stranger(
            """
            import os, sys, time
            print('ready', flush=True)
            fd = os.open('/proc/%s/fd/1' % sys.stdin.readline().strip(), os.O_WRONLY)
            print('holds', flush=True)
            time.sleep(60)
            """,
            "ready");
    ExecProcess process = backend.start(Run.bash("echo $$; exec sleep 60"));
    holder.outputWriter().append(Run.untilPrinted(process, "\n")).flush();
    assertThat(printed(holder)).isEqualTo("holds");

    process.terminate();

    assertThat(Run.next(process)).isEqualTo(new ProcessEvent.Exited(2, 143, false));
    assertThat(Run.next(process)).isEqualTo(new ProcessEvent.Closed(3, false));
    assertThat(holder.isAlive()).isTrue();
  }

  /// Waits for its first line.
  private Process stranger(String script, String line) throws IOException {
    Process stranger = new ProcessBuilder("python3", "-c", script).start();
    strangers.add(stranger);
    assertThat(printed(stranger)).isEqualTo(line);
    return stranger;
  }

  private static String printed(Process process) throws IOException {
    BufferedReader lines = process.inputReader();
    return lines.readLine();
  }
}
