package dev.codexlsp.exec.local;

import dev.codexlsp.exec.ExecException;
import dev.codexlsp.exec.Run;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/// Prints how long a command of no work takes, from its start to its last event. To be run by hand.
final class StartToEnd {
  private StartToEnd() {}

  public static void main(String[] arguments) throws Exception {
    int runs = 300;
    for (int round = 1; round <= 3; round++) {
      for (Hands hands : Hands.values()) {
        measure(round, hands, runs);
      }
    }
  }

  private static void measure(int round, Hands hands, int runs)
      throws ExecException, InterruptedException {
    long[] micros = new long[runs];
    try (LocalBackend backend = hands.open(Duration.ofSeconds(2))) {
      for (int i = 0; i < runs; i++) {
        long began = System.nanoTime();
        Run.of(backend.start(Run.spec(List.of("/usr/bin/true"))));
        micros[i] = (System.nanoTime() - began) / 1000;
      }
    }
    long first = micros[0];
    Arrays.sort(micros);
    System.out.printf(
        "round %d %s: first %d us, p50 %d us, p90 %d us, p99 %d us%n",
        round, hands, first, micros[runs / 2], micros[runs * 9 / 10], micros[runs * 99 / 100]);
  }
}
