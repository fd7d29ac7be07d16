package dev.codexlsp.exec.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.exec.ExecException;
import dev.codexlsp.exec.ExecProcess;
import dev.codexlsp.exec.ProcessEvent;
import dev.codexlsp.exec.Run;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Much output, many commands, slow consumers; for every launcher.
@ParameterizedClass
@EnumSource(Hands.class)
class LocalBackendLoadTest {
  /// What may lie between the process and its consumer: the queue, one more read of each pipe, and
  /// what the pipe and the JDK's stream hold.
  private static final long MOST_UNREAD = EventQueue.UNREAD_BYTES + 4 * 65536;

  private static final int REFUSED = -1;

  private final LocalBackend backend;

  LocalBackendLoadTest(Hands hands) {
    backend = hands.open(Duration.ofSeconds(2));
  }

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void slowConsumerHoldsTheProcessBackAndLosesNothing() throws Exception {
    ExecProcess process = backend.start(Run.bash("echo $$; exec seq 1 1400000"));
    StringBuilder taken = new StringBuilder(Run.untilPrinted(process, "\n"));
    String pid = taken.substring(0, taken.indexOf("\n"));
    Path io = Path.of("/proc", pid, "io");
    Run.await("the process runs ahead", () -> Run.written(io) > EventQueue.UNREAD_BYTES);

    while (taken.length() < 9_000_000) {
      assertThat(Run.written(io) - taken.length()).isLessThan(MOST_UNREAD);
      if (Run.next(process) instanceof ProcessEvent.Output output) {
        taken.append(new String(Run.bytes(output), StandardCharsets.UTF_8));
      }
    }
    Run rest = Run.rest(process);

    Stream<String> numbers = IntStream.rangeClosed(1, 1_400_000).mapToObj(String::valueOf);
    String expected = Stream.concat(Stream.of(pid), numbers).collect(Collectors.joining("\n"));
    assertThat((taken + rest.stdout()).equals(expected + "\n")).isTrue();
    assertThat(rest.outputComplete()).isTrue();
  }

  @Test
  void singleBytesAllArrive() throws Exception {
    ExecProcess process =
        backend.start(Run.bash("dd if=/dev/zero bs=1 count=20000 status=none | tr '\\0' x"));
    ExecProcess bytewise =
        backend.start(Run.bash("exec dd if=/dev/zero bs=1 count=20000 status=none"));

    assertThat(Run.of(process).stdout()).isEqualTo("x".repeat(20000));
    assertThat(Run.of(bytewise).stdout()).isEqualTo("\0".repeat(20000));
  }

  @Test
  void twoHundredCommandsAtOnceAllEndOnce() throws Exception {
    List<Callable<Run>> commands =
        Collections.nCopies(
            200, () -> Run.of(backend.start(Run.bash("echo out; echo err >&2; exit 7"))));

    List<Run> runs = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Run> run : threads.invokeAll(commands)) {
        runs.add(run.get(Run.LIMIT.toSeconds(), TimeUnit.SECONDS));
      }
    }

    assertThat(runs).isEqualTo(Collections.nCopies(200, new Run("out\n", "err\n", 7, true)));
  }

  @Test
  void blockedChildrenDoNotStallAnUnrelatedVirtualThread() throws Exception {
    List<ExecProcess> blocked = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      // Half of them are silent, half are held back by a consumer that does not read.
      ExecProcess process = backend.start(Run.bash(i % 2 == 0 ? "exec sleep 60" : "exec yes"));
      blocked.add(process);
      if (i % 2 == 0) {
        Thread.ofVirtual().start(() -> readToTheEnd(process));
      }
    }

    SynchronousQueue<Integer> ball = new SynchronousQueue<>();
    Thread one = Thread.ofVirtual().start(() -> play(ball::put));
    Thread other = Thread.ofVirtual().start(() -> play(_ -> ball.take()));

    assertThat(one.join(Duration.ofSeconds(2))).isTrue();
    assertThat(other.join(Duration.ofSeconds(2))).isTrue();
    blocked.forEach(ExecProcess::terminate);
  }

  @Test
  void processThatNobodyReadsAnyMoreStillEnds() throws Exception {
    ExecProcess process = backend.start(Run.bash("echo $$; exec yes"));
    String printed = Run.untilPrinted(process, "\n");
    long pid = Long.parseLong(printed.substring(0, printed.indexOf('\n')));

    process.terminate();

    Run.await("it is gone", () -> ProcessHandle.of(pid).isEmpty());
  }

  @Test
  void startsThatMeetACloseAreRefusedOrEnded() throws Exception {
    Run.of(backend.start(Run.bash("true")));
    CountDownLatch some = new CountDownLatch(10);
    Callable<Integer> command =
        () -> {
          try {
            ExecProcess process = backend.start(Run.bash("exec sleep 60"));
            some.countDown();
            return Run.of(process).exitCode();
          } catch (ExecException _) {
            return REFUSED;
          }
        };

    List<Future<Integer>> codes = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 60; i++) {
        codes.add(threads.submit(command));
      }
      assertThat(some.await(Run.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
      backend.close();
    }

    for (Future<Integer> code : codes) {
      assertThat(code.get()).isIn(137, REFUSED);
    }
    Run.await("none is left", Run::noChildIsLeft);
  }

  private static void readToTheEnd(ExecProcess process) {
    try {
      Run.rest(process);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private interface Step {
    void take(int number) throws InterruptedException;
  }

  private static void play(Step step) {
    try {
      for (int i = 0; i < 1000; i++) {
        step.take(i);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
