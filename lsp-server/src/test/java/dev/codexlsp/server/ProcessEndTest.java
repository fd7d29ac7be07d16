package dev.codexlsp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ProcessEndTest {
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8);

  private String close(AutoCloseable agent, Duration bound) {
    ProcessEnd.close(agent, bound, err);
    return said.toString(StandardCharsets.UTF_8);
  }

  @Test
  void closes() {
    CountDownLatch closed = new CountDownLatch(1);
    assertThat(close(closed::countDown, Duration.ofSeconds(10))).isEmpty();
    assertThat(closed.getCount()).isZero();
  }

  @Test
  void doesNotWaitForEver() {
    CountDownLatch never = new CountDownLatch(1);
    assertThat(close(never::await, Duration.ofMillis(50)))
        .isEqualTo("codex-lsp: not closed within 50 ms, giving up\n");
  }

  @Test
  void survivesAFailure() {
    assertThat(
            close(
                () -> {
                  throw new IllegalStateException("stuck");
                },
                Duration.ofSeconds(10)))
        .isEqualTo("codex-lsp: closing failed: java.lang.IllegalStateException: stuck\n");
  }
}
