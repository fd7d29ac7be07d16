package dev.codexlsp.exec.remote;

import static dev.codexlsp.exec.remote.Commands.out;
import static dev.codexlsp.exec.remote.Commands.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.exec.ExecProcess;
import dev.codexlsp.exec.ProcessEvent;
import dev.codexlsp.exec.Run;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// How long the client tries to come back, by the clock on the wall. Elsewhere it tries for as long
/// as a test wants.
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
class RecoveryBudgetTest {
  private static final Duration BUDGET = Duration.ofSeconds(45);
  private static final Duration LATE = BUDGET.plusSeconds(5);

  @Test
  void aLostServerIsCalledForFortyFiveSeconds() throws Exception {
    AtomicBoolean isDown = new AtomicBoolean();
    FakeExecServer server =
        new FakeExecServer(isDown::get).with("make", out(1, "a"), FakeCommand.AWAIT_WRITE);
    Timing standard = Timing.standard(Duration.ofSeconds(2));
    try (RemoteBackend backend = new RemoteBackend(Commands.PLACE, server, standard, () -> null)) {
      ExecProcess process = backend.start(spec("make"));
      assertThat(process.next(Run.LIMIT)).isEqualTo(Play.chunk(1, "a"));
      isDown.set(true);
      server.cut();
      long began = System.nanoTime();

      assertThat(process.next(LATE))
          .isInstanceOfSatisfying(
              ProcessEvent.Lost.class,
              lost -> assertThat(lost.reason()).endsWith("; gave up after 45 s"));
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .isBetween(BUDGET.minusSeconds(1), LATE);
    }
  }
}
