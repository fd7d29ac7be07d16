package dev.codexlsp.exec.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codexlsp.exec.ProcessEvent.Output;
import dev.codexlsp.exec.ProcessEvent.Stream;
import dev.codexlsp.exec.protocol.Payload;
import dev.codexlsp.exec.protocol.ProcessRead;
import dev.codexlsp.exec.protocol.ProcessStart;
import dev.codexlsp.exec.server.ExecObserver.Completion;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProcessRegistryTest {
  private static final int ROUNDS = 1_000;
  private static final ProcessStart START =
      Payload.parse(
              "{\"processId\":\"p\",\"argv\":[\"x\"],\"cwd\":\"file:///\",\"env\":{},\"tty\":false}")
          .as(ProcessStart.class);

  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
  private final FakeObserver observer = new FakeObserver();

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  private ProcessRegistry registry() {
    return new ProcessRegistry(Duration.ofSeconds(80), timer, observer);
  }

  private static Session session() {
    return new Session("s");
  }

  /// What can end a process.
  enum Ending {
    EXIT_WITH_SUCCESS {
      @Override
      void of(ProcessRegistry registry, ServedProcess served) {
        registry.exited(served, 0);
        registry.closed(served);
      }
    },
    EXIT_WITH_ERROR {
      @Override
      void of(ProcessRegistry registry, ServedProcess served) {
        registry.exited(served, 1);
        registry.closed(served);
      }
    },
    TERMINATION {
      @Override
      void of(ProcessRegistry registry, ServedProcess served) {
        registry.terminate(served.session(), served.id());
      }
    },
    EXPIRY {
      @Override
      void of(ProcessRegistry registry, ServedProcess served) {
        registry.expire(served.session());
      }
    },
    SHUTDOWN {
      @Override
      void of(ProcessRegistry registry, ServedProcess served) {
        registry.close();
      }
    };

    abstract void of(ProcessRegistry registry, ServedProcess served);
  }

  private Completion only() {
    assertThat(observer.completions).hasSize(1);
    return observer.completions.remove();
  }

  private ServedProcess running(ProcessRegistry registry, FakeProcess process) throws Refused {
    ServedProcess served = registry.reserve(session(), START);
    assertThat(registry.started(served, START, process)).isTrue();
    return served;
  }

  private Completion after(Ending... endings) throws Refused {
    ProcessRegistry registry = registry();
    ServedProcess served = running(registry, new FakeProcess());
    for (Ending ending : endings) {
      ending.of(registry, served);
    }
    return only();
  }

  @Test
  void theFirstReasonCounts() throws Exception {
    assertThat(
            List.of(
                after(Ending.EXIT_WITH_SUCCESS, Ending.SHUTDOWN),
                after(Ending.EXIT_WITH_ERROR, Ending.EXPIRY, Ending.SHUTDOWN),
                after(Ending.EXIT_WITH_SUCCESS, Ending.TERMINATION),
                after(Ending.TERMINATION, Ending.EXIT_WITH_SUCCESS, Ending.SHUTDOWN),
                after(Ending.TERMINATION, Ending.TERMINATION, Ending.EXIT_WITH_ERROR),
                after(Ending.SHUTDOWN, Ending.EXIT_WITH_SUCCESS),
                after(Ending.EXPIRY, Ending.EXIT_WITH_ERROR, Ending.TERMINATION),
                after(Ending.TERMINATION, Ending.EXPIRY)))
        .containsExactly(
            Completion.SUCCESS,
            Completion.ERROR,
            Completion.SUCCESS,
            Completion.TERMINATED,
            Completion.TERMINATED,
            Completion.TERMINATED,
            Completion.TERMINATED,
            Completion.TERMINATED);
  }

  @Test
  void aStartThatFailsOrIsGivenUpEndsNothing() throws Exception {
    for (Ending ending : EnumSet.of(Ending.TERMINATION, Ending.EXPIRY, Ending.SHUTDOWN)) {
      ProcessRegistry registry = registry();
      ServedProcess served = registry.reserve(session(), START);
      ending.of(registry, served);
      assertThat(registry.started(served, START, new FakeProcess())).isFalse();
    }
    ProcessRegistry registry = registry();
    ServedProcess served = registry.reserve(session(), START);
    registry.failed(served, START);
    registry.close();
    assertThat(observer.heard).containsExactly("failed p");
    assertThatThrownBy(() -> registry.reserve(session(), START))
        .hasMessage("the server is shutting down");
  }

  /// Each pair of endings comes at once, many times.
  @ParameterizedTest
  @EnumSource
  void everyRaceHasOneWinner(Ending one) throws Exception {
    for (Ending other : Ending.values()) {
      Set<Completion> possible = possible(one, other);
      for (int round = 0; round < ROUNDS / 4; round++) {
        ProcessRegistry registry = registry();
        ServedProcess served = running(registry, new FakeProcess());
        CyclicBarrier together = new CyclicBarrier(2);
        Thread first = Thread.ofVirtual().start(() -> race(together, one, registry, served));
        Thread second = Thread.ofVirtual().start(() -> race(together, other, registry, served));
        first.join();
        second.join();
        // A termination is only a wish until the process has ended.
        registry.exited(served, 0);
        assertThat(only()).isIn(possible);
      }
    }
  }

  private static Set<Completion> possible(Ending... endings) {
    Set<Completion> possible = EnumSet.noneOf(Completion.class);
    for (Ending ending : endings) {
      possible.add(
          switch (ending) {
            case EXIT_WITH_SUCCESS -> Completion.SUCCESS;
            case EXIT_WITH_ERROR -> Completion.ERROR;
            case TERMINATION, EXPIRY, SHUTDOWN -> Completion.TERMINATED;
          });
    }
    return possible;
  }

  private static void race(
      CyclicBarrier together, Ending ending, ProcessRegistry registry, ServedProcess served) {
    try {
      together.await();
    } catch (Exception broken) {
      throw new AssertionError(broken);
    }
    ending.of(registry, served);
  }

  /// All at once, and the start among them: as many ends as begins, and never more than one.
  @Test
  void everythingAtOnceEndsEveryProcessOnce() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      ProcessRegistry registry = registry();
      ServedProcess served = registry.reserve(session(), START);
      CyclicBarrier together = new CyclicBarrier(5);
      List<Thread> threads = new ArrayList<>();
      boolean[] runs = new boolean[1];
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                race(together, Ending.TERMINATION, registry, served);
                runs[0] = registry.started(served, START, new FakeProcess());
                if (runs[0]) {
                  Ending.EXIT_WITH_SUCCESS.of(registry, served);
                }
              }));
      for (Ending ending : List.of(Ending.TERMINATION, Ending.EXPIRY, Ending.SHUTDOWN)) {
        threads.add(Thread.ofVirtual().start(() -> race(together, ending, registry, served)));
      }
      threads.add(
          Thread.ofVirtual().start(() -> race(together, Ending.TERMINATION, registry, served)));
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(observer.completions).hasSize(runs[0] ? 1 : 0);
      observer.completions.clear();
    }
  }

  @Test
  void closedProcessesKeepALimitedSumOfOutput() throws Exception {
    ProcessRegistry registry = registry();
    List<ServedProcess> closed = new ArrayList<>();
    // The chunk is more than its bytes, so one less fits.
    int fitting = (int) (ProcessRegistry.RETAINED_BYTE_LIMIT / RetainedTail.BYTE_LIMIT) - 1;
    for (int i = 0; i < fitting + 2; i++) {
      ServedProcess served = running(registry, new FakeProcess());
      byte[] output = new byte[RetainedTail.BYTE_LIMIT];
      served.log().output(new Output(1, Stream.STDOUT, ByteBuffer.wrap(output)));
      registry.exited(served, 0);
      registry.closed(served);
      closed.add(served);
    }
    assertThat(closed.stream().map(served -> served.log().retainedCost() > 0).toList())
        .startsWith(false, false, true)
        .endsWith(true);
    assertThat(closed.getFirst().log().read(new ProcessRead("p", null, null, null), 0).nextSeq())
        .isEqualTo(2);
  }
}
