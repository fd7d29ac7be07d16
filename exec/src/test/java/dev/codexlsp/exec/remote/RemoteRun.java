package dev.codexlsp.exec.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.exec.ExecProcess;
import dev.codexlsp.exec.ProcessEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// How a command of another place went, read to its end. Of a terminal all is standard output.
record RemoteRun(String stdout, String stderr, int exitCode, boolean outputComplete) {
  /// No wait in these tests may last longer.
  static final Duration LIMIT = Duration.ofSeconds(30);

  static RemoteRun of(ExecProcess process) throws InterruptedException {
    return read(process, next(process), 1);
  }

  /// Reads what is left of a process whose first event has been taken.
  static RemoteRun rest(ExecProcess process) throws InterruptedException {
    return read(process, next(process), 2);
  }

  /// The same when the second event has been taken, too.
  static RemoteRun restAfter(ExecProcess process, ProcessEvent second) throws InterruptedException {
    return read(process, second, 2);
  }

  /// Checks what must hold for each process: numbers without a gap, one exit, nothing after the
  /// end.
  private static RemoteRun read(ExecProcess process, ProcessEvent first, long firstSequence)
      throws InterruptedException {
    ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    List<Integer> exitCodes = new ArrayList<>();
    ProcessEvent event = first;
    for (long sequence = firstSequence; ; sequence++, event = next(process)) {
      assertThat(event.sequence()).isEqualTo(sequence);
      switch (event) {
        case ProcessEvent.Output output ->
            (output.stream() == ProcessEvent.Stream.STDERR ? stderr : stdout)
                .writeBytes(bytes(output.bytes()));
        case ProcessEvent.Exited exited -> exitCodes.add(exited.exitCode());
        case ProcessEvent.Closed closed -> {
          assertThat(exitCodes).hasSize(1);
          assertThat(process.next(LIMIT)).isNull();
          return new RemoteRun(
              stdout.toString(StandardCharsets.UTF_8),
              stderr.toString(StandardCharsets.UTF_8),
              exitCodes.getFirst(),
              closed.outputComplete());
        }
        case ProcessEvent.Lost lost -> throw new AssertionError(lost);
      }
    }
  }

  /// The first event, which is a line.
  static String line(ExecProcess process) throws InterruptedException {
    if (!(next(process) instanceof ProcessEvent.Output output)) {
      throw new AssertionError("ended without a word");
    }
    return StandardCharsets.UTF_8.decode(output.bytes()).toString().strip();
  }

  static ProcessEvent next(ExecProcess process) throws InterruptedException {
    return Objects.requireNonNull(process.next(LIMIT), "no event came in time");
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  /// Whether a process runs; one that has ended and whose parent has not noticed does not.
  static boolean isAlive(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
    } catch (IOException gone) {
      return false;
    }
  }

  static void await(String what, BooleanSupplier condition) {
    long endBy = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(endBy);
      LockSupport.parkNanos(1_000_000);
    }
  }
}
