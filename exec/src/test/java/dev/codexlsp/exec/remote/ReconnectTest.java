package dev.codexlsp.exec.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.exec.ExecException;
import dev.codexlsp.exec.ExecProcess;
import dev.codexlsp.exec.ProcessEvent;
import dev.codexlsp.exec.ProcessSpec;
import dev.codexlsp.exec.Stdio;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A session whose connection breaks before any of its messages, once and twice.
class ReconnectTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final RemotePlace PLACE =
      new RemotePlace.Program(List.of("fake"), Map.of(), Path.of("/"), Duration.ofSeconds(5));
  private static final Timing TIMING =
      new Timing(
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(1),
          Duration.ofMillis(500),
          Duration.ofMillis(500),
          Duration.ofSeconds(10));
  private static final ProcessSpec COMMAND =
      new ProcessSpec(List.of("build"), null, Path.of("/w"), Map.of(), new Stdio.Pipes(true));

  private static final List<ProcessEvent> WHOLE =
      List.of(
          Play.chunk(1, "one"),
          Play.chunk(2, "two"),
          new ProcessEvent.Exited(3, 17, true),
          Play.chunk(4, "three"),
          new ProcessEvent.Closed(5, true));

  /// How one run went.
  ///
  /// @param messages how many messages went to and fro
  private record Run(String outcome, List<ProcessEvent> events, int messages) {}

  @Test
  @Timeout(120)
  void cutBeforeAnyMessage() throws Exception {
    int messages = run(0, 0).messages();
    assertThat(messages).isBetween(13, 14);
    for (int cut = 1; cut <= messages; cut++) {
      check(cut, 0);
    }
  }

  @Test
  @Timeout(120)
  void cutBeforeAnyTwoMessages() throws Exception {
    int messages = run(0, 0).messages();
    for (int cut = 1; cut <= messages; cut++) {
      for (int second = cut + 1; second <= cut + 12; second++) {
        check(cut, second);
      }
    }
  }

  private static void check(int cut, int second) throws InterruptedException {
    Run run = run(cut, second);
    String name = "cut before message " + cut + " and " + second + ": " + run.outcome();
    if (run.outcome().isEmpty()) {
      assertThat(run.events()).as(name).isEqualTo(WHOLE);
    } else {
      // Only before the start is answered may nothing come of it.
      assertThat(cut).as(name).isLessThanOrEqualTo(5);
      assertThat(run.events()).as(name).isEmpty();
    }
  }

  private static Run run(int cut, int second) throws InterruptedException {
    AtomicInteger count = new AtomicInteger();
    FakeExecServer server =
        new FakeExecServer(
                () -> {
                  int number = count.incrementAndGet();
                  return number == cut || number == second;
                })
            .with(
                "build",
                new Arrival.Chunk(Play.chunk(1, "one")),
                FakeCommand.AWAIT_WRITE,
                new Arrival.Chunk(Play.chunk(2, "two")),
                new Arrival.Exit(3, 17, true),
                new Arrival.Chunk(Play.chunk(4, "three")),
                new Arrival.End(5));
    List<ProcessEvent> events = new ArrayList<>();
    try (RemoteBackend backend = new RemoteBackend(PLACE, server, TIMING, () -> null)) {
      ExecProcess process = backend.start(COMMAND);
      events.add(process.next(LIMIT));
      assertThat(process.write(bytes("go"))).isTrue();
      ProcessEvent event = process.next(LIMIT);
      while (event != null) {
        events.add(event);
        event = process.next(LIMIT);
      }
      assertThat(server.written()).containsExactly(bytes("go"));
      // The thanks after the end are sent by somebody who does not wait.
      long endBy = System.nanoTime() + LIMIT.toNanos();
      while (server.count("process/terminate") == 0 && System.nanoTime() < endBy) {
        Thread.onSpinWait();
      }
      return new Run("", events, count.get());
    } catch (ExecException notStarted) {
      assertThat(server.stillRunning()).isZero();
      return new Run(String.valueOf(notStarted.getMessage()), events, count.get());
    }
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
