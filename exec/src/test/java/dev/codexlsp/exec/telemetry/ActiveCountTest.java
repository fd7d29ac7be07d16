package dev.codexlsp.exec.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ActiveCountTest {
  private static final int THREADS = 64;
  private static final int GUARDS = 10_000;

  private final ActiveCount count = new ActiveCount();

  @Test
  void anEndCountsOnce() {
    Runnable first = count.enter();
    Runnable second = count.enter();
    first.run();
    first.run();
    assertThat(count.now()).isOne();
    second.run();
    assertThat(count.now()).isZero();
  }

  @Test
  void whoeverLooksSeesNoMoreAndNoLessThanThereCanBe() throws Exception {
    AtomicBoolean isOver = new AtomicBoolean();
    List<Long> impossible = new ArrayList<>();
    Thread reader =
        Thread.ofPlatform()
            .start(() -> {
              while (!isOver.get()) {
                long now = count.now();
                if (now < 0 || now > THREADS) {
                  impossible.add(now);
                }
              }
            });
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      threads.add(Thread.ofVirtual().start(this::enterAndLeave));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    isOver.set(true);
    reader.join();
    assertThat(impossible).isEmpty();
    assertThat(count.now()).isZero();
  }

  /// Each end is told twice, as a race of two ends would.
  private void enterAndLeave() {
    for (int i = 0; i < GUARDS; i++) {
      Runnable leave = count.enter();
      leave.run();
      leave.run();
    }
  }
}
