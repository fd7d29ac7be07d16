package dev.codexlsp.exec.remote;

import static dev.codexlsp.exec.remote.Commands.PLACE;
import static dev.codexlsp.exec.remote.Commands.TIMING;
import static dev.codexlsp.exec.remote.Commands.all;
import static dev.codexlsp.exec.remote.Commands.bytes;
import static dev.codexlsp.exec.remote.Commands.input;
import static dev.codexlsp.exec.remote.Commands.out;
import static dev.codexlsp.exec.remote.Commands.spec;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What the agent sees of a place, whatever the server there does.
@Timeout(60)
class RemoteBackendTest {
  private final FakeExecServer server = new FakeExecServer(() -> false);
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
                new Inheritance(
                    Inheritance.From.ALL, true, List.of("SECRET_*"), Map.of(), List.of()))));

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
  void aSlowConsumerGetsAllOfItAndHoldsNobodyUpForLong() throws Exception {
    int chunks = 2000;
    Arrival[] flood = new Arrival[chunks + 2];
    for (int i = 0; i < chunks; i++) {
      flood[i] = out(i + 1, i + " ");
    }
    flood[chunks] = new Arrival.Exit(chunks + 1, 0, false);
    flood[chunks + 1] = new Arrival.End(chunks + 2);
    List<Arrival> after = new ArrayList<>(List.of(flood));
    after.addFirst(FakeCommand.AWAIT_WRITE);
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
  void nextGivesUpAfterItsTime() throws Exception {
    server.with("sleep", FakeCommand.AWAIT_WRITE);
    ExecProcess process = backend.start(spec("sleep"));

    assertThat(process.next(Duration.ZERO)).isNull();
    assertThat(process.next(Duration.ofMillis(5))).isNull();
  }
}
