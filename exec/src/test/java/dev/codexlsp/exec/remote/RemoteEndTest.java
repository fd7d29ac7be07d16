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
import dev.codexlsp.exec.ProcessEvent;
import dev.codexlsp.exec.Run;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// How the commands of a place end that is lost, talks nonsense, or is closed.
@Timeout(60)
class RemoteEndTest {
  private final AtomicBoolean isDown = new AtomicBoolean();
  private final FakeExecServer server = new FakeExecServer(isDown::get);
  private final RemoteBackend backend = new RemoteBackend(PLACE, server, TIMING, () -> null);

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void withoutAServerTheFirstReasonStays() throws Exception {
    server.with("sleep", out(1, "a"), FakeCommand.AWAIT_WRITE);
    ExecProcess first = backend.start(spec("sleep"));
    ExecProcess second = backend.start(input("sleep"));
    assertThat(first.next(Run.LIMIT)).isEqualTo(Play.chunk(1, "a"));
    assertThat(second.next(Run.LIMIT)).isEqualTo(Play.chunk(1, "a"));
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
    server.with("sleep", FakeCommand.AWAIT_WRITE);
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
    server.with("sleep", FakeCommand.AWAIT_WRITE);
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
  void anInterruptedStartLeavesNothing() throws Exception {
    server.with("sleep", FakeCommand.AWAIT_WRITE);
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
    assertThat(starter.join(Run.LIMIT)).isTrue();
    server.pause(false);

    assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    Run.await("the end", () -> server.count("process/terminate") == 1);
    assertThat(server.stillRunning()).isZero();
  }

  @Test
  void closingEndsEverythingAndSaysSo() throws Exception {
    server.with("sleep", out(1, "a"), FakeCommand.AWAIT_WRITE);
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
    server.with("sleep", FakeCommand.AWAIT_WRITE);
    ExecProcess process = backend.start(spec("sleep"));
    server.pause(true);
    long before = System.nanoTime();

    backend.close();

    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofMillis(1500));
    assertThat(all(process))
        .containsExactly(
            new ProcessEvent.Lost(1, "the connection to the exec-server behind fake is closed"));
  }
}
