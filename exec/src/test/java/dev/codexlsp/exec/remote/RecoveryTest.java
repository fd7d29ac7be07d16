package dev.codexlsp.exec.remote;

import static dev.codexlsp.exec.remote.Commands.all;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codexlsp.exec.ExecException;
import dev.codexlsp.exec.ExecProcess;
import dev.codexlsp.exec.FileException;
import dev.codexlsp.exec.FileSystem;
import dev.codexlsp.exec.ProcessEvent;
import dev.codexlsp.exec.ProcessSpec;
import dev.codexlsp.exec.Run;
import dev.codexlsp.exec.protocol.ExecChannel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Connections that break at bad moments, and servers that are of no help then.
@Timeout(60)
class RecoveryTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration BUDGET = Duration.ofMillis(900);
  private static final RemotePlace PLACE =
      new RemotePlace.Program(List.of("fake"), Map.of(), Path.of("/"), LIMIT);
  private static final Timing TIMING = new Timing(BUDGET, LIMIT, LIMIT, SHORT, SHORT, SHORT, SHORT);

  @Test
  void theReadOfWhatWasLetGoIsRepeatedOnTheNextConnection() throws Exception {
    StringBuilder all = new StringBuilder();
    for (int i = 257; i <= 300; i++) {
      all.append(i == 257 ? "" : ",").append(HandMadeServer.chunk(i));
    }
    HandMadeServer server =
        new HandMadeServer(question -> {
          if (question.is("process/start")) {
            tellAll(question);
          }
          return question.is("process/read")
              && (question.connection() == 1
                  ? question.hangUp()
                  : question.answer(HandMadeServer.retained(all.toString(), 303, true)));
        });
    try (RemoteBackend backend = backend(server)) {
      List<ProcessEvent> events = all(backend.start(spec()));

      assertThat(events).hasSize(302);
      assertThat(events).last().isEqualTo(new ProcessEvent.Closed(302, true));
    }
  }

  /// More than may wait, and the end, before the start is answered.
  private static void tellAll(HandMadeServer.Question start)
      throws IOException, InterruptedException {
    String id = "\"processId\":\"" + start.processId() + "\",\"seq\":";
    for (int i = 1; i <= 300; i++) {
      start.tell("output", id + i + ",\"stream\":\"stdout\",\"chunk\":\"YQ==\"");
    }
    start.tell("exited", id + "301,\"exitCode\":0,\"sandboxDenied\":false");
    start.tell("closed", id + "302");
  }

  @Test
  void theBudgetCoversTheReadsToo() throws Exception {
    HandMadeServer server = new HandMadeServer(question -> question.is("process/read"));
    try (RemoteBackend backend = backend(server)) {
      ExecProcess first = backend.start(spec());
      ExecProcess second = backend.start(spec());
      long before = System.nanoTime();
      server.cut();

      assertThat(all(first)).singleElement().isInstanceOf(ProcessEvent.Lost.class);
      assertThat(all(second)).singleElement().isInstanceOf(ProcessEvent.Lost.class);
      assertThat(Duration.ofNanos(System.nanoTime() - before))
          .isBetween(BUDGET.minusMillis(100), BUDGET.multipliedBy(3));
    }
  }

  @Test
  void aServerThatResumesAndHangsUpIsNotCalledForEver() throws Exception {
    HandMadeServer server =
        new HandMadeServer(question -> {
          if (!question.is("process/read")) {
            return false;
          }
          question.answer(HandMadeServer.retained("", 1, false));
          return question.hangUp();
        });
    try (RemoteBackend backend = backend(server)) {
      ExecProcess process = backend.start(spec());
      server.cut();

      assertThat(all(process))
          .singleElement()
          .isInstanceOfSatisfying(
              ProcessEvent.Lost.class,
              lost ->
                  assertThat(lost.reason())
                      .startsWith("lost the connection to the exec-server behind fake (cut)")
                      .endsWith("gave up after 900 ms"));
      assertThat(server.connections()).isBetween(3, 25);
    }
  }

  @Test
  void anAnswerThatCannotBeReadEndsTheSessionAtOnce() throws Exception {
    HandMadeServer server =
        new HandMadeServer(question ->
            question.is("process/read")
                && question.answer(HandMadeServer.retained("null", 1, false)));
    try (RemoteBackend backend = backend(server)) {
      ExecProcess process = backend.start(spec());
      server.cut();

      assertThat(all(process))
          .singleElement()
          .isInstanceOfSatisfying(
              ProcessEvent.Lost.class,
              lost ->
                  assertThat(lost.reason()).contains("does not speak the exec-server protocol"));
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void aReadThatIsRefusedForAnotherReasonIsToldSo() throws Exception {
    HandMadeServer server =
        new HandMadeServer(question ->
            question.is("process/read")
                && question.refuse(-32600, "session has been resumed by another connection"));
    try (RemoteBackend backend = backend(server)) {
      ExecProcess process = backend.start(spec());
      server.cut();

      assertThat(all(process))
          .containsExactly(
              new ProcessEvent.Lost(
                  1,
                  "the exec-server does not tell of it any more: session has been resumed by"
                      + " another connection"));
    }
  }

  @Test
  void aStartThatIsInterruptedWhileThereIsNoConnectionIsUndone() throws Exception {
    CountDownLatch mayResume = new CountDownLatch(1);
    HandMadeServer server =
        new HandMadeServer(question -> {
          if (question.is("initialize") && question.connection() > 1) {
            mayResume.await();
          }
          // Heard, and the answer is lost.
          return question.is("process/start") && question.hangUp();
        });
    Timing patient = new Timing(LIMIT, LIMIT, LIMIT, SHORT, SHORT, SHORT, SHORT);
    try (RemoteBackend backend = new RemoteBackend(PLACE, server, patient, () -> null)) {
      CompletableFuture<Throwable> thrown = new CompletableFuture<>();
      Thread starter =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  backend.start(spec());
                } catch (ExecException | InterruptedException failure) {
                  thrown.complete(failure);
                }
              });
      Run.await("the next connection", () -> server.calls().contains("2:initialize"));
      Run.await("the wait for it", () -> starter.getState() == Thread.State.TIMED_WAITING);
      starter.interrupt();
      assertThat(thrown.get(20, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
      mayResume.countDown();

      Run.await("the end", () -> server.calls().contains("2:process/terminate"));
    }
  }

  @Test
  void aHandleOfALostSessionMeansNothingToTheNext() throws Exception {
    HandMadeServer server =
        new HandMadeServer(question -> {
          if (question.is("fs/open")) {
            return question.answer("{\"handleId\":\"h\"}");
          }
          return question.is("initialize")
              && question.connection() == 2
              && question.refuse(-32600, "unknown session id s");
        });
    try (RemoteBackend backend = backend(server)) {
      FileSystem.OpenFile open = backend.files().open(Path.of("/f"), FileSystem.OpenMode.READ);
      server.cut();

      assertThatThrownBy(() -> open.read(0, 10))
          .isInstanceOfSatisfying(
              FileException.class,
              failure -> assertThat(failure.kind()).isEqualTo(FileException.Kind.FAILED))
          .hasMessageContaining("could not resume");
      open.close();
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void aBugWhileConnectingIsToldToEverybody() {
    BrokenDialer dialer = new BrokenDialer(new HandMadeServer(_ -> false));
    dialer.isBroken.set(true);
    try (RemoteBackend backend = new RemoteBackend(PLACE, dialer, TIMING, () -> null)) {
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(backend::surroundings)
            .hasMessage("cannot reach the exec-server behind fake: internal error");
      }
    }
  }

  @Test
  void aBugWhileResumingLosesTheProcesses() throws Exception {
    HandMadeServer server = new HandMadeServer(_ -> false);
    BrokenDialer dialer = new BrokenDialer(server);
    try (RemoteBackend backend = new RemoteBackend(PLACE, dialer, TIMING, () -> null)) {
      ExecProcess process = backend.start(spec());
      dialer.isBroken.set(true);
      server.cut();

      assertThat(all(process))
          .containsExactly(
              new ProcessEvent.Lost(
                  1,
                  "lost the connection to the exec-server behind fake (cut) and could not resume:"
                      + " internal error"));
    }
  }

  /// Throws what no dialer should.
  private record BrokenDialer(HandMadeServer server, AtomicBoolean isBroken)
      implements MemoryDialer {
    private BrokenDialer(HandMadeServer server) {
      this(server, new AtomicBoolean());
    }

    @Override
    public ExecChannel dial(Duration limit) {
      if (isBroken.get()) {
        throw new IllegalStateException("a bug, as the test wants it");
      }
      return server.dial(limit);
    }

    @Override
    public Duration pause(int attempts) {
      return server.pause(attempts);
    }

    @Override
    public void close() {
      server.close();
    }
  }

  private static RemoteBackend backend(HandMadeServer server) {
    return new RemoteBackend(PLACE, server, TIMING, () -> null);
  }

  private static ProcessSpec spec() {
    return new ProcessSpec(List.of("x"), Path.of("/w"), Map.of());
  }
}
