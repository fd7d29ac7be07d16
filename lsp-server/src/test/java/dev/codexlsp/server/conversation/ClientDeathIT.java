package dev.codexlsp.server.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a killed client leaves behind.
class ClientDeathIT {
  private static final Duration BOUND = Duration.ofSeconds(5);

  @Test
  @Timeout(60)
  void leavesNoProcess(@TempDir Path folder) throws Exception {
    Path fifo = folder.resolve("held");
    assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
    CompletableFuture<Integer> command = CompletableFuture.supplyAsync(() -> firstByte(fifo));
    Path stage = folder.resolve("stage");
    assertThat(stage.toFile().mkdir()).isTrue();
    Process client =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                DoomedClient.class.getName(),
                stage.toString(),
                fifo.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = client.inputReader(StandardCharsets.UTF_8)) {
      ProcessHandle server = ProcessHandle.of(Long.parseLong(out.readLine())).orElseThrow();
      assertThat(server.isAlive()).isTrue();
      assertThat(command).isNotDone();

      client.destroyForcibly();

      // The pipe ends with the last process that the command has started.
      assertThat(command.get(BOUND.toMillis(), TimeUnit.MILLISECONDS)).isEqualTo(-1);
      server.onExit().get(BOUND.toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      client.destroyForcibly();
    }
  }

  /// What a pipe says first: -1 when all of its writers have gone without a word.
  private static int firstByte(Path fifo) {
    try (InputStream in = new FileInputStream(fifo.toFile())) {
      return in.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
