package dev.codexlsp.server.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ParentWatchTest {
  private final CountDownLatch gone = new CountDownLatch(1);
  private final ParentWatch watch = new ParentWatch(gone::countDown);

  @Test
  void seesTheEndOfAProcess() throws Exception {
    Process parent = new ProcessBuilder("sleep", "60").start();
    watch.over(parent.pid()).run();
    parent.destroyForcibly().waitFor();
    assertThat(gone.await(5, TimeUnit.SECONDS)).isTrue();
  }

  /// The number is above any that the kernel gives out.
  @Test
  void doesNotWatchWhatItCannotSee() throws Exception {
    watch.over(Integer.MAX_VALUE).run();
    assertThat(gone.await(1, TimeUnit.SECONDS)).isFalse();
  }
}
