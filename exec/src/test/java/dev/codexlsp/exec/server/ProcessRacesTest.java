package dev.codexlsp.exec.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.exec.protocol.Payload;
import dev.codexlsp.exec.protocol.ProcessStart;
import dev.codexlsp.exec.server.ExecObserver.Completion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What wants to decide how a process ends comes at once, and one of it does decide.
class ProcessRacesTest {
  private static final int ROUNDS = 1_000;

  /// By then each branch has been reached, or it is not reachable.
  private static final int ROUND_LIMIT = 50 * ROUNDS;

  private static final ProcessStart START =
      Payload.parse(
              "{\"processId\":\"p\",\"argv\":[\"x\"],\"cwd\":\"file:///\",\"env\":{},\"tty\":false}")
          .as(ProcessStart.class);

  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
  private final ExecutorService racers = Executors.newCachedThreadPool();
  private final FakeObserver observer = new FakeObserver();

  @AfterEach
  void stop() {
    timer.shutdownNow();
    racers.shutdownNow();
  }

  private ProcessRegistry registry() {
    return new ProcessRegistry(Duration.ofSeconds(80), timer, observer);
  }

  /// Lets all begin together; a failure of one is a failure of the test.
  private <T> List<T> race(List<Callable<T>> racing) throws Exception {
    CyclicBarrier together = new CyclicBarrier(racing.size());
    List<Future<T>> running = new ArrayList<>();
    for (Callable<T> racer : racing) {
      running.add(
          racers.submit(() -> {
            together.await(20, TimeUnit.SECONDS);
            // Whoever is woken last would never be the first.
            for (int spins = ThreadLocalRandom.current().nextInt(2_000); spins > 0; spins--) {
              Thread.onSpinWait();
            }
            return racer.call();
          }));
    }
    List<T> results = new ArrayList<>();
    for (Future<T> racer : running) {
      results.add(racer.get(20, TimeUnit.SECONDS));
    }
    return results;
  }

  private static Callable<Boolean> ending(
      Ending ending, ProcessRegistry registry, ServedProcess served) {
    return () -> {
      ending.of(registry, served);
      return true;
    };
  }

  private Completion only() {
    assertThat(observer.completions).hasSize(1);
    observer.heard.clear();
    return observer.completions.remove();
  }

  static Stream<Arguments> pairs() {
    return Stream.of(Ending.values())
        .flatMap(one ->
            Stream.of(Ending.values())
                .filter(other -> one.compareTo(other) <= 0)
                .map(other -> Arguments.of(one, other)));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void everyRaceHasOneWinnerAndEitherMayWin(Ending one, Ending other) throws Exception {
    Set<Completion> possible = EnumSet.of(one.completion, other.completion);
    Set<Completion> seen = EnumSet.noneOf(Completion.class);
    for (int round = 0; isToBePlayed(round, seen, possible); round++) {
      ProcessRegistry registry = registry();
      ServedProcess served = registry.reserve(new Session("s"), START);
      assertThat(registry.started(served, START, new FakeProcess())).isTrue();
      race(List.of(ending(one, registry, served), ending(other, registry, served)));
      // A termination is only a wish until the process has ended.
      registry.exited(served, 0);
      seen.add(only());
    }
    assertThat(seen).isEqualTo(possible);
  }

  private static boolean isToBePlayed(int round, Set<?> seen, Set<?> possible) {
    return round < ROUNDS || (round < ROUND_LIMIT && !seen.equals(possible));
  }

  /// How a start ended that others raced with.
  private enum Start {
    CANCELLED,
    SUCCEEDED,
    TERMINATED
  }

  /// As many ends as begins, and never more than one.
  @Test
  void everythingAtOnceEndsEveryProcessOnce() throws Exception {
    Set<Start> possible = EnumSet.allOf(Start.class);
    Set<Start> seen = EnumSet.noneOf(Start.class);
    for (int round = 0; isToBePlayed(round, seen, possible); round++) {
      ProcessRegistry registry = registry();
      ServedProcess served = registry.reserve(new Session("s"), START);
      boolean runs =
          race(List.of(
                  () -> startAndExit(registry, served),
                  ending(Ending.TERMINATION, registry, served),
                  ending(Ending.TERMINATION, registry, served),
                  ending(Ending.EXPIRY, registry, served),
                  ending(Ending.SHUTDOWN, registry, served)))
              .getFirst();
      if (!runs) {
        assertThat(observer.completions).isEmpty();
        seen.add(Start.CANCELLED);
      } else {
        seen.add(only() == Completion.SUCCESS ? Start.SUCCEEDED : Start.TERMINATED);
      }
    }
    assertThat(seen).isEqualTo(possible);
  }

  private static boolean startAndExit(ProcessRegistry registry, ServedProcess served) {
    boolean runs = registry.started(served, START, new FakeProcess());
    if (runs) {
      Ending.EXIT_WITH_SUCCESS.of(registry, served);
    }
    return runs;
  }
}
