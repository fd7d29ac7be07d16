package dev.codexlsp.exec.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codexlsp.exec.ExecException;
import dev.codexlsp.exec.ExecProcess;
import dev.codexlsp.exec.Inheritance;
import dev.codexlsp.exec.ProcessEvent;
import dev.codexlsp.exec.ProcessSpec;
import dev.codexlsp.exec.Run;
import dev.codexlsp.exec.Stdio;
import dev.codexlsp.exec.Surroundings;
import dev.codexlsp.exec.TerminalSize;
import dev.codexlsp.exec.protocol.ExecCodec;
import dev.codexlsp.exec.protocol.ExecError;
import dev.codexlsp.exec.protocol.ExecMessage;
import dev.codexlsp.exec.protocol.Payload;
import dev.codexlsp.exec.protocol.ProcessStart;
import dev.codexlsp.exec.protocol.RequestId;
import dev.codexlsp.exec.protocol.Trace;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What the agent sees of a place, whatever the server there does.
@Timeout(60)
class RemoteBackendTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final RemotePlace PLACE =
      new RemotePlace.Program(List.of("fake"), Map.of(), Path.of("/"), Duration.ofSeconds(10));
  private static final Timing TIMING =
      new Timing(SHORT, Duration.ofSeconds(10), LIMIT, SHORT, SHORT, SHORT, SHORT);

  private final AtomicBoolean isDown = new AtomicBoolean();
  private final FakeExecServer server = new FakeExecServer(isDown::get);
  private final RemoteBackend backend = new RemoteBackend(PLACE, server, TIMING, () -> null);

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void aWholeStreamIsNotRead() throws Exception {
    server.with("true", out(1, "a"), new Arrival.Exit(2, 0, false), new Arrival.End(3));

    assertThat(all(backend.start(spec("true"))))
        .containsExactly(
            Play.chunk(1, "a"),
            new ProcessEvent.Exited(2, 0, false),
            new ProcessEvent.Closed(3, true));
    Run.await("the thanks", () -> server.count("process/terminate") == 1);
    assertThat(server.calls()).containsExactly("initialize", "process/start", "process/terminate");
  }

  @Test
  void anEarlyExitKeepsItsCode() throws Exception {
    server.with(
        "make", new Arrival.Exit(1, 17, false), out(2, "a"), out(3, "b"), new Arrival.End(4));

    assertThat(all(backend.start(spec("make"))))
        .containsExactly(
            new ProcessEvent.Exited(1, 17, false),
            Play.chunk(2, "a"),
            Play.chunk(3, "b"),
            new ProcessEvent.Closed(4, true));
  }

  @Test
  void aFailedStartIsToldOnce() throws Exception {
    assertThatThrownBy(() -> backend.start(spec("nope")))
        .isInstanceOf(ExecException.class)
        .hasMessage("cannot start nope in /w: No such file or directory (os error 2)");
    assertThat(server.calls()).containsExactly("initialize", "process/start");
  }

  @Test
  void whatIsAskedOfTheServer() throws Exception {
    server.with("true", new Arrival.Exit(1, 0, false), new Arrival.End(2));
    all(
        backend.start(
            new ProcessSpec(
                List.of("true", "x"),
                "other",
                Path.of("/w"),
                Map.of("A", "b"),
                new Stdio.Terminal(TerminalSize.DEFAULT),
                new Inheritance(true, List.of("SECRET_*")))));

    ProcessStart start = server.requests().get(1).params().as(ProcessStart.class);
    assertThat(start)
        .isEqualTo(
            new ProcessStart(
                start.processId(),
                List.of("true", "x"),
                Path.of("/w"),
                Map.of("A", "b"),
                true,
                false,
                "other",
                new ProcessStart.EnvPolicy(
                    ProcessStart.Inherit.ALL, true, List.of("SECRET_*"), Map.of(), List.of()),
                null,
                false,
                null,
                null,
                null));
  }

  @Test
  void aTraceIsPassedOn() throws Exception {
    server.with("true", new Arrival.Exit(1, 0, false), new Arrival.End(2));
    Trace trace = new Trace("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", null);
    try (RemoteBackend traced = new RemoteBackend(PLACE, server, TIMING, () -> trace)) {
      all(traced.start(spec("true")));
    }

    assertThat(server.requests()).extracting(ExecMessage.Request::trace).containsOnly(trace);
  }

  @Test
  void surroundingsAreAskedForWhenTheGreetingDoesNotTell() throws Exception {
    assertThat(backend.surroundings())
        .isEqualTo(new Surroundings(Path.of("/bin/sh"), null, null, "linux"));
    assertThat(server.calls()).containsExactly("initialize", "environment/info");
  }

  @Test
  void theyAreAskedForOnce() throws Exception {
    backend.surroundings();
    backend.surroundings();

    assertThat(server.calls()).containsExactly("initialize", "environment/info");
  }

  @Test
  void aShellWhosePathIsNone() {
    HandMadeServer odd =
        new HandMadeServer(question ->
            question.is("initialize")
                && question.answer(
                    "{\"sessionId\":\"s\",\"environmentInfo\":{\"shell\":{\"name\":\"sh\","
                        + "\"path\":\"/bin/sh\\u0000\"}}}"));
    try (RemoteBackend oddly = new RemoteBackend(PLACE, odd, TIMING, () -> null)) {
      assertThatThrownBy(oddly::surroundings)
          .isInstanceOf(ExecException.class)
          .hasMessage("the exec-server behind fake has a shell whose path is none");
    }
  }

  @Test
  void theLastSizeIsTheLastThatIsAskedFor() throws Exception {
    AtomicReference<String> size = new AtomicReference<>("");
    HandMadeServer resizable =
        new HandMadeServer(question -> {
          if (question.is("process/resize")) {
            size.set(question.request().params().toString());
          }
          return false;
        });
    try (RemoteBackend backendWithSizes = new RemoteBackend(PLACE, resizable, TIMING, () -> null)) {
      ExecProcess process =
          backendWithSizes.start(
              new ProcessSpec(
                  List.of("top"),
                  null,
                  Path.of("/w"),
                  Map.of(),
                  new Stdio.Terminal(TerminalSize.DEFAULT)));
      for (int round = 0; round < 300; round++) {
        for (int rows = 21; rows <= 24; rows++) {
          process.resize(new TerminalSize(rows, 100 + round));
        }
        String last = String.valueOf(100 + round);
        Run.await("the last size", () -> size.get().contains(last) && size.get().contains("24"));
      }
      process.interrupt();
      process.terminate();
      Run.await("the end", () -> resizable.calls().contains("1:process/terminate"));
      assertThat(resizable.calls()).endsWith("1:process/signal", "1:process/terminate");
    }
  }

  @Test
  void aWriteThatNobodyReadsEndsWithItsProcess() throws Exception {
    HandMadeServer stuck = new HandMadeServer(question -> question.is("process/write"));
    RemoteBackend other = new RemoteBackend(PLACE, stuck, TIMING, () -> null);
    ExecProcess process = other.start(input("cat"));
    AtomicReference<Boolean> written = new AtomicReference<>();
    Thread writer =
        Thread.ofVirtual()
            .start(() -> {
              try {
                written.set(process.write(bytes("x")));
              } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
              }
            });
    Run.await("the write", () -> stuck.calls().contains("1:process/write"));
    other.close();

    assertThat(writer.join(LIMIT)).isTrue();
    assertThat(written).hasValue(true);
  }

  @Test
  void aWriteToAnUnknownProcessEndsIt() throws Exception {
    server.with("cat", out(1, "a"), FakeExecServer.AWAIT_WRITE, new Arrival.End(2));
    ExecProcess cat = backend.start(input("cat"));
    assertThat(cat.next(LIMIT)).isEqualTo(Play.chunk(1, "a"));
    server.forget();

    assertThat(cat.write(bytes("x"))).isTrue();

    assertThat(all(cat))
        .containsExactly(new ProcessEvent.Exited(2, -1, false), new ProcessEvent.Closed(3, false));
    assertThat(cat.write(bytes("dropped"))).isTrue();
    assertThat(server.count("process/write")).isEqualTo(1);
  }

  @Test
  void aProcessWithoutInputIsNotWrittenTo() throws Exception {
    server.with("true", FakeExecServer.AWAIT_WRITE);

    assertThat(backend.start(spec("true")).write(bytes("x"))).isFalse();
    assertThat(server.count("process/write")).isZero();
  }

  @Test
  void aLongWriteGoesInPieces() throws Exception {
    server.with("cat", FakeExecServer.AWAIT_WRITE);
    byte[] much = new byte[150_000];

    assertThat(backend.start(input("cat")).write(ByteBuffer.wrap(much))).isTrue();

    assertThat(server.written().stream().mapToInt(ByteBuffer::remaining).sum()).isEqualTo(150_000);
    assertThat(server.count("process/write")).isEqualTo(3);
  }

  @Test
  void aSlowConsumerGetsAllOfItAndHoldsNobodyUpForLong() throws Exception {
    int chunks = 2000;
    Arrival[] flood = new Arrival[chunks + 2];
    for (int i = 0; i < chunks; i++) {
      flood[i] = out(i + 1, i + " ");
    }
    flood[chunks] = new Arrival.Exit(chunks + 1, 0, false);
    flood[chunks + 1] = new Arrival.End(chunks + 2);
    List<Arrival> after = new ArrayList<>(List.of(flood));
    after.addFirst(FakeExecServer.AWAIT_WRITE);
    server.with("flood", after.toArray(Arrival[]::new));
    server.with("true", new Arrival.Exit(1, 0, false), new Arrival.End(2));
    ExecProcess slow = backend.start(input("flood"));
    slow.write(bytes("go"));

    long before = System.nanoTime();
    assertThat(all(backend.start(spec("true")))).hasSize(2);
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));

    StringBuilder text = new StringBuilder();
    for (ProcessEvent event : all(slow)) {
      if (event instanceof ProcessEvent.Output output) {
        text.append(StandardCharsets.UTF_8.decode(output.bytes()));
      }
    }
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < chunks; i++) {
      expected.append(i).append(' ');
    }
    assertThat(text.toString()).isEqualTo(expected.toString());
    assertThat(server.count("process/read")).isEqualTo(1);
  }

  @Test
  void withoutAServerTheFirstReasonStays() throws Exception {
    server.with("sleep", out(1, "a"), FakeExecServer.AWAIT_WRITE);
    ExecProcess first = backend.start(spec("sleep"));
    ExecProcess second = backend.start(input("sleep"));
    assertThat(first.next(LIMIT)).isEqualTo(Play.chunk(1, "a"));
    assertThat(second.next(LIMIT)).isEqualTo(Play.chunk(1, "a"));
    isDown.set(true);
    server.cut();

    String reason =
        "lost the connection to the exec-server behind fake (cut) and could not resume: cannot use"
            + " the exec-server behind fake: cut; gave up after 300 ms";
    assertThat(all(first)).containsExactly(new ProcessEvent.Lost(2, reason));
    assertThat(all(second)).containsExactly(new ProcessEvent.Lost(2, reason));
    assertThat(second.write(bytes("x"))).isTrue();
    assertThatThrownBy(() -> backend.start(spec("sleep")))
        .hasMessage("cannot use the exec-server behind fake: cut");
  }

  @Test
  void afterALostSessionThereIsANewOne() throws Exception {
    server.with("true", new Arrival.Exit(1, 0, false), new Arrival.End(2));
    server.with("sleep", FakeExecServer.AWAIT_WRITE);
    ExecProcess lost = backend.start(spec("sleep"));
    isDown.set(true);
    server.cut();
    assertThatThrownBy(() -> backend.start(spec("true"))).isInstanceOf(ExecException.class);
    isDown.set(false);

    assertThat(all(backend.start(spec("true")))).hasSize(2);
    assertThat(all(lost)).singleElement().isInstanceOf(ProcessEvent.Lost.class);
  }

  @Test
  void whatIsNoMessageEndsTheSession() throws Exception {
    server.with("sleep", FakeExecServer.AWAIT_WRITE);
    ExecProcess process = backend.start(spec("sleep"));
    server.say(bytes("Welcome to Ubuntu"));

    assertThat(all(process))
        .containsExactly(
            new ProcessEvent.Lost(
                1,
                "the exec-server behind fake does not speak the exec-server protocol: it said"
                    + " \"Welcome to Ubuntu\""));
  }

  @Test
  void aQuestionOfTheServerIsAnswered() throws Exception {
    backend.surroundings();
    server.say(
        ExecCodec.encode(
            new ExecMessage.Request(
                new RequestId.Text("q"), "network/policyRequest", Payload.NONE, null)));

    Run.await("an answer", () -> !server.answers().isEmpty());
    assertThat(server.answers())
        .containsExactly(
            new ExecMessage.Failure(
                new RequestId.Text("q"),
                new ExecError(
                    ExecError.METHOD_NOT_FOUND,
                    "this client does not have network/policyRequest")));
  }

  @Test
  void anInterruptedStartLeavesNothing() throws Exception {
    server.with("sleep", FakeExecServer.AWAIT_WRITE);
    backend.surroundings();
    server.pause(true);
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread starter =
        Thread.ofVirtual()
            .start(() -> {
              try {
                backend.start(spec("sleep"));
              } catch (ExecException | InterruptedException interrupt) {
                thrown.set(interrupt);
              }
            });
    Run.await("the start is sent", () -> starter.getState() == Thread.State.TIMED_WAITING);
    starter.interrupt();
    assertThat(starter.join(LIMIT)).isTrue();
    server.pause(false);

    assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    Run.await("the end", () -> server.count("process/terminate") == 1);
    assertThat(server.stillRunning()).isZero();
  }

  @Test
  void closingEndsEverythingAndSaysSo() throws Exception {
    server.with("sleep", out(1, "a"), FakeExecServer.AWAIT_WRITE);
    ExecProcess process = backend.start(spec("sleep"));
    long before = System.nanoTime();

    backend.close();

    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofMillis(1500));
    assertThat(all(process))
        .containsExactly(
            Play.chunk(1, "a"),
            new ProcessEvent.Exited(2, 137, false),
            new ProcessEvent.Closed(3, true));
    assertThatThrownBy(() -> backend.start(spec("sleep")))
        .hasMessage("the connection to the exec-server behind fake is closed");
  }

  @Test
  void closingDoesNotWaitForAServerThatDoesNotAnswer() throws Exception {
    server.with("sleep", FakeExecServer.AWAIT_WRITE);
    ExecProcess process = backend.start(spec("sleep"));
    server.pause(true);
    long before = System.nanoTime();

    backend.close();

    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofMillis(1500));
    assertThat(all(process))
        .containsExactly(
            new ProcessEvent.Lost(1, "the connection to the exec-server behind fake is closed"));
  }

  @Test
  void nextGivesUpAfterItsTime() throws Exception {
    server.with("sleep", FakeExecServer.AWAIT_WRITE);
    ExecProcess process = backend.start(spec("sleep"));

    assertThat(process.next(Duration.ZERO)).isNull();
    assertThat(process.next(Duration.ofMillis(5))).isNull();
  }

  private static List<ProcessEvent> all(ExecProcess process) throws InterruptedException {
    List<ProcessEvent> events = new ArrayList<>();
    for (ProcessEvent event = process.next(LIMIT); event != null; event = process.next(LIMIT)) {
      events.add(event);
    }
    return events;
  }

  private static Arrival out(long sequence, String text) {
    return new Arrival.Chunk(Play.chunk(sequence, text));
  }

  private static ProcessSpec spec(String program) {
    return new ProcessSpec(List.of(program), Path.of("/w"), Map.of());
  }

  private static ProcessSpec input(String program) {
    return new ProcessSpec(List.of(program), null, Path.of("/w"), Map.of(), new Stdio.Pipes(true));
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
