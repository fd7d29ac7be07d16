package dev.codexlsp.exec.remote;

import static dev.codexlsp.exec.remote.Commands.all;
import static dev.codexlsp.exec.remote.Commands.bytes;
import static dev.codexlsp.exec.remote.Commands.input;
import static dev.codexlsp.exec.remote.Commands.out;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.exec.ExecException;
import dev.codexlsp.exec.ExecProcess;
import dev.codexlsp.exec.ProcessEvent;
import dev.codexlsp.exec.Run;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A session whose connection breaks before any of its messages, once and twice.
class ReconnectTest {
  private static final Timing TIMING =
      new Timing(
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(1),
          Duration.ofMillis(500),
          Duration.ofMillis(500),
          Duration.ofSeconds(10));
  private static final List<ProcessEvent> WHOLE =
      List.of(
          Play.chunk(1, "one"),
          Play.chunk(2, "two"),
          new ProcessEvent.Exited(3, 17, true),
          Play.chunk(4, "three"),
          new ProcessEvent.Closed(5, true));

  private static final int ALL = Integer.MAX_VALUE;

  /// What the messages travel through.
  enum Line {
    MEMORY,
    SOCKET
  }

  /// Which messages, counted in both directions, the connection breaks before.
  ///
  /// @param retained how many chunks of its output the server keeps
  private record Fault(Line line, int retained, int first, int second) {
    static Fault none(Line line, int retained) {
      return new Fault(line, retained, 0, 0);
    }

    Fault at(int message, int another) {
      return new Fault(line, retained, message, another);
    }

    boolean isDue(int number) {
      return number == first || number == second;
    }
  }

  /// How one run went.
  ///
  /// @param messages how many messages went to and fro
  private record Ran(String outcome, List<ProcessEvent> events, int messages) {}

  @ParameterizedTest
  @EnumSource
  @Timeout(120)
  void cutBeforeAnyMessage(Line line) throws Exception {
    Fault none = Fault.none(line, ALL);
    int messages = run(none).messages();
    assertThat(messages).isBetween(13, 14);
    for (int cut = 1; cut <= messages; cut++) {
      check(none.at(cut, 0));
    }
  }

  @Test
  @Timeout(120)
  void cutBeforeAnyTwoMessages() throws Exception {
    Fault none = Fault.none(Line.MEMORY, ALL);
    int messages = run(none).messages();
    for (int cut = 1; cut <= messages; cut++) {
      for (int second = cut + 1; second <= cut + 12; second++) {
        check(none.at(cut, second));
      }
    }
  }

  private static void check(Fault fault) throws InterruptedException {
    Ran ran = run(fault);
    if (ran.outcome().isEmpty()) {
      assertThat(ran.events()).as(fault + ran.outcome()).isEqualTo(WHOLE);
    } else {
      assertNotStarted(fault, ran);
    }
  }

  /// Only before the start is answered may nothing come of it.
  private static void assertNotStarted(Fault fault, Ran ran) {
    assertThat(fault.first()).as(fault + ran.outcome()).isLessThanOrEqualTo(5);
    assertThat(ran.events()).as(fault + ran.outcome()).isEmpty();
  }

  /// The server keeps less than it has told nobody: what is missing is said to be missing, what is
  /// there comes once and in order, and how the command ended is known all the same.
  @ParameterizedTest
  @EnumSource
  @Timeout(120)
  void cutBeforeAnyMessageOfWhatIsNotKept(Line line) throws Exception {
    for (int retained = 0; retained <= 1; retained++) {
      Fault none = Fault.none(line, retained);
      int messages = run(none).messages();
      List<Boolean> complete = new ArrayList<>();
      for (int cut = 1; cut <= messages; cut++) {
        complete.addAll(checkGap(none.at(cut, 0)));
      }
      assertThat(complete).contains(true, false);
    }
  }

  /// Whether all of the output came; nothing when there was no command.
  private static List<Boolean> checkGap(Fault fault) throws InterruptedException {
    Ran ran = run(fault);
    String name = fault + ran.outcome();
    if (!ran.outcome().isEmpty()) {
      assertNotStarted(fault, ran);
      return List.of();
    }
    boolean isComplete = ran.events().equals(WHOLE);
    List<ProcessEvent> output = output(ran.events());
    // Nothing of it may have come, which containsSubsequence would not take.
    assertThat(output).as(name).isEqualTo(output(WHOLE).stream().filter(output::contains).toList());
    assertThat(ran.events()).as(name).hasSize(output.size() + 2);
    assertThat(ran.events())
        .as(name)
        .filteredOn(ProcessEvent.Exited.class::isInstance)
        .singleElement()
        .extracting(event -> ((ProcessEvent.Exited) event).exitCode())
        .isEqualTo(17);
    assertThat(ran.events().getLast()).as(name).isEqualTo(new ProcessEvent.Closed(5, isComplete));
    return List.of(isComplete);
  }

  private static List<ProcessEvent> output(List<ProcessEvent> events) {
    return events.stream().filter(ProcessEvent.Output.class::isInstance).toList();
  }

  private static Ran run(Fault fault) throws InterruptedException {
    AtomicInteger count = new AtomicInteger();
    BooleanSupplier cuts = () -> fault.isDue(count.incrementAndGet());
    FakeExecServer server =
        new FakeExecServer(fault.line() == Line.MEMORY ? cuts : () -> false)
            .with(
                "build",
                out(1, "one"),
                FakeCommand.AWAIT_WRITE,
                out(2, "two"),
                new Arrival.Exit(3, 17, true),
                out(4, "three"),
                new Arrival.End(5));
    server.retain(fault.retained());
    return switch (fault.line()) {
      case MEMORY ->
          run(new RemoteBackend(Commands.PLACE, server, TIMING, () -> null), server, count);
      case SOCKET -> {
        try (BareSocketServer socket =
            new BareSocketServer(channel -> server.serve(new CutChannel(channel, cuts)))) {
          yield run(Commands.behind(socket.url(), null, TIMING), server, count);
        } catch (IOException e) {
          throw new AssertionError(e);
        }
      }
    };
  }

  private static Ran run(RemoteBackend closing, FakeExecServer server, AtomicInteger count)
      throws InterruptedException {
    List<ProcessEvent> events = new ArrayList<>();
    try (RemoteBackend backend = closing) {
      ExecProcess process = backend.start(input("build"));
      assertThat(process.write(bytes("go"))).isTrue();
      events.addAll(all(process));
      assertThat(server.written()).containsExactly(bytes("go"));
      // The thanks after the end are sent by somebody who does not wait.
      Run.await("thanks", () -> server.count("process/terminate") > 0);
      return new Ran("", events, count.get());
    } catch (ExecException notStarted) {
      assertThat(server.stillRunning()).isZero();
      return new Ran(String.valueOf(notStarted.getMessage()), events, count.get());
    }
  }
}
