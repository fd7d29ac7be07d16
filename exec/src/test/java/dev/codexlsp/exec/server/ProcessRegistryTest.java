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
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProcessRegistryTest {
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

  @Test
  void closedProcessesKeepALimitedSumOfOutput() throws Exception {
    ProcessRegistry registry = registry();
    List<ServedProcess> closed = new ArrayList<>();
    Output output = new Output(1, Stream.STDOUT, ByteBuffer.allocate(RetainedTail.BYTE_LIMIT));
    RetainedTail one = new RetainedTail();
    one.add(output);
    int fitting = (int) (ProcessRegistry.RETAINED_BYTE_LIMIT / one.cost());
    for (int i = 0; i < fitting + 2; i++) {
      ServedProcess served = running(registry, new FakeProcess());
      served.log().output(output);
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
