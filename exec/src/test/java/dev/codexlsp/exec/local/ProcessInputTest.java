package dev.codexlsp.exec.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codexlsp.exec.ExecProcess;
import dev.codexlsp.exec.Run;
import dev.codexlsp.exec.Stdio;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What a command is given to read, and Ctrl-C; for every launcher.
@ParameterizedClass
@EnumSource(Hands.class)
class ProcessInputTest {
  private static final Stdio INPUT = new Stdio.Pipes(true);

  private final LocalBackend backend;

  ProcessInputTest(Hands hands) {
    backend = hands.open(Duration.ofMillis(300));
  }

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void whatIsWrittenIsReadWhileTheCommandRuns() throws Exception {
    ExecProcess process = backend.start(Run.bash("exec cat", INPUT));

    assertThat(process.write(UTF_8.encode("one\n"))).isTrue();
    assertThat(Run.untilPrinted(process, "\n")).isEqualTo("one\n");
    assertThat(process.write(UTF_8.encode("two\n"))).isTrue();
    assertThat(Run.untilPrinted(process, "\n")).isEqualTo("two\n");
    process.terminate();
    assertThat(Run.rest(process).exitCode()).isEqualTo(143);
  }

  @Test
  void moreThanEveryBufferHoldsArrivesInOrder() throws Exception {
    byte[] bytes = new byte[3_000_000];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i % 251);
    }
    ExecProcess process = backend.start(Run.bash("head -c 3000000 | sha256sum", INPUT));
    ExecProcess same = backend.start(Run.bash("head -c 3000000 | sha256sum", INPUT));

    ByteBuffer all = ByteBuffer.wrap(bytes);
    assertThat(process.write(all)).isTrue();
    assertThat(all.remaining()).isEqualTo(bytes.length);
    for (int at = 0; at < bytes.length; at += 7919) {
      same.write(ByteBuffer.wrap(bytes, at, Math.min(7919, bytes.length - at)));
    }

    String sum = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    assertThat(Run.of(process)).isEqualTo(new Run(sum + "  -\n", "", 0, true));
    assertThat(Run.of(same)).isEqualTo(new Run(sum + "  -\n", "", 0, true));
  }

  @Test
  void commandWithoutInputCannotBeWrittenTo() throws Exception {
    ExecProcess process = backend.start(Run.bash("exec sleep 60"));

    assertThat(process.write(UTF_8.encode("x"))).isFalse();
  }

  @Test
  void whatComesAfterTheEndIsDropped() throws Exception {
    ExecProcess process = backend.start(Run.bash("exit 3", INPUT));
    assertThat(Run.of(process).exitCode()).isEqualTo(3);

    assertThat(process.write(ByteBuffer.allocate(2 * InputQueue.LIMIT))).isTrue();
  }

  @Test
  void commandThatClosesItsInputGoesOn() throws Exception {
    ExecProcess process =
        backend.start(Run.bash("exec 0<&-; echo closed; while :; do sleep 0.01; done", INPUT));
    Run.untilPrinted(process, "closed\n");

    assertThat(process.write(ByteBuffer.allocate(10 * InputQueue.LIMIT))).isTrue();

    assertThat(process.next(Duration.ofMillis(20))).isNull();
    process.terminate();
    assertThat(Run.rest(process).exitCode()).isEqualTo(143);
  }

  @Test
  void writerWaitsForACommandThatDoesNotReadUntilItEnds() throws Exception {
    ExecProcess process = backend.start(Run.bash("exec sleep 60", INPUT));
    Thread writer = writeForEver(process);
    Run.await("the writer waits", () -> writer.getState() == Thread.State.WAITING);

    process.terminate();

    assertThat(writer.join(Run.LIMIT)).isTrue();
    assertThat(Run.of(process).exitCode()).isEqualTo(143);
  }

  @Test
  void waitingWriterCanBeInterrupted() throws Exception {
    ExecProcess process = backend.start(Run.bash("exec sleep 60", INPUT));
    Callable<Boolean> write = () -> process.write(ByteBuffer.allocate(10 * InputQueue.LIMIT));
    FutureTask<Boolean> task = new FutureTask<>(write);
    Thread writer = Thread.ofVirtual().start(task);
    Run.await("the writer waits", () -> writer.getState() == Thread.State.WAITING);

    writer.interrupt();

    assertThatThrownBy(() -> task.get(Run.LIMIT.toSeconds(), TimeUnit.SECONDS))
        .hasCauseInstanceOf(InterruptedException.class);
  }

  @Test
  void interruptReachesTheCommandAndItsChildren() throws Exception {
    ExecProcess process = backend.start(Run.bash("echo ready; sleep 60; echo not here"));
    Run.untilPrinted(process, "ready\n");
    long child = sleepingChild();

    process.interrupt();

    assertThat(Run.rest(process)).isEqualTo(new Run("", "", 130, true));
    Run.await("the child has ended", () -> !Run.isAlive(child));
  }

  @Test
  void interruptedCommandMayGoOn() throws Exception {
    // It answers when its trap is over: bash forgets a signal that comes at the end of one.
    String script =
        "trap n=1 INT; echo ready; while :; do if [ -n \"$n\" ]; then n=; echo caught; fi; done";
    ExecProcess process = backend.start(Run.bash(script));
    Run.untilPrinted(process, "ready\n");

    for (int i = 0; i < 3; i++) {
      process.interrupt();
      assertThat(Run.untilPrinted(process, "caught\n")).isEqualTo("caught\n");
    }

    process.terminate();
    assertThat(Run.rest(process).exitCode()).isEqualTo(143);
    process.interrupt();
  }

  private static long sleepingChild() {
    Run.await("bash has started sleep", () -> sleepers() == 1);
    return ProcessHandle.current()
        .descendants()
        .filter(ProcessInputTest::isSleep)
        .findFirst()
        .orElseThrow()
        .pid();
  }

  private static long sleepers() {
    return ProcessHandle.current().descendants().filter(ProcessInputTest::isSleep).count();
  }

  private static boolean isSleep(ProcessHandle process) {
    return process.info().command().orElse("").endsWith("/sleep");
  }

  private static Thread writeForEver(ExecProcess process) {
    return Thread.ofVirtual()
        .start(() -> {
          try {
            process.write(ByteBuffer.allocate(10 * InputQueue.LIMIT));
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
        });
  }
}
