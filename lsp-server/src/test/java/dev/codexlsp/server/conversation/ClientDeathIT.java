package dev.codexlsp.server.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a killed client leaves behind.
class ClientDeathIT {
  private static final Duration BOUND = Duration.ofSeconds(5);
  private static final Duration POLL = Duration.ofMillis(20);

  @Test
  @Timeout(60)
  void leavesNoProcess(@TempDir Path folder) throws Exception {
    Process client =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                DoomedClient.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = client.inputReader(StandardCharsets.UTF_8)) {
      String[] pids = String.valueOf(out.readLine()).split(" ", 2);
      ProcessHandle server = ProcessHandle.of(Long.parseLong(pids[0])).orElseThrow();
      ProcessHandle command = ProcessHandle.of(Long.parseLong(pids[1])).orElseThrow();
      assertThat(command.isAlive()).isTrue();
      client.destroyForcibly();
      awaitEnd(server);
      awaitEnd(command);
    } finally {
      client.destroyForcibly();
    }
  }

  /// Polled, because the JDK looks ever more rarely at a process that is no child of ours.
  private static void awaitEnd(ProcessHandle process) throws InterruptedException {
    long deadline = System.nanoTime() + BOUND.toNanos();
    while (process.isAlive()) {
      assertThat(System.nanoTime()).as("still running: " + process.info()).isLessThan(deadline);
      Thread.sleep(POLL);
    }
  }
}
