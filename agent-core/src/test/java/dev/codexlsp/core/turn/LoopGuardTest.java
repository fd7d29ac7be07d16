package dev.codexlsp.core.turn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoopGuardTest {
  private final LoopGuard guard = new LoopGuard();

  @Test
  void nothingButFailuresComesToAnEnd() {
    for (int step = 1; step < LoopGuard.LIMIT; step++) {
      assertThat(guard.afterStep(true)).isNull();
    }
    assertThat(guard.afterStep(true)).contains("50 times in a row");
  }

  @Test
  void oneThatDidSomethingBeginsAnew() {
    for (int step = 0; step < LoopGuard.LIMIT - 1; step++) {
      guard.afterStep(true);
    }
    assertThat(guard.afterStep(false)).isNull();
    assertThat(guard.afterStep(true)).isNull();
  }
}
