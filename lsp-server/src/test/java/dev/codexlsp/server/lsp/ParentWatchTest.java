package dev.codexlsp.server.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
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

  /// The shell becomes a program that never asks how its child has ended.
  @Test
  void seesTheEndOfAProcessThatItsParentDoesNotNotice() throws Exception {
    Process negligent = new ProcessBuilder("sh", "-c", "sleep 60 & echo $!; exec sleep 60").start();
    try (BufferedReader out = negligent.inputReader()) {
      ProcessHandle parent = ProcessHandle.of(Long.parseLong(out.readLine())).orElseThrow();
      watch.over(parent.pid()).run();
      parent.destroyForcibly();
      assertThat(gone.await(5, TimeUnit.SECONDS)).isTrue();
    } finally {
      negligent.destroyForcibly();
    }
  }

  /// The number is above any that the kernel gives out.
  @Test
  void doesNotWatchWhatItCannotSee() throws Exception {
    watch.over(Integer.MAX_VALUE).run();
    assertThat(gone.await(1, TimeUnit.SECONDS)).isFalse();
  }
}
