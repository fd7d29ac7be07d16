package dev.codexlsp.exec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.exec.ProcessEvent.Stream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// How a command went, read to its end. What a terminal showed counts as `stdout`.
public record Run(String stdout, String stderr, int exitCode, boolean outputComplete) {
  /// No wait in these tests may last longer.
  public static final Duration LIMIT = Duration.ofSeconds(20);

  public static ProcessSpec bash(String script) {
    return spec(List.of("bash", "-c", script));
  }

  public static ProcessSpec spec(List<String> argv) {
    return new ProcessSpec(argv, Path.of("/"), Map.of("PATH", "/usr/bin:/bin"));
  }

  public static ProcessSpec bash(String script, Stdio stdio) {
    return with(bash(script), stdio);
  }

  public static ProcessSpec with(ProcessSpec spec, Stdio stdio) {
    return new ProcessSpec(spec.argv(), null, spec.directory(), spec.environment(), stdio);
  }

  /// Reads a process from its first event to its end.
  public static Run of(ExecProcess process) throws InterruptedException {
    return read(process, next(process), 1);
  }

  /// Reads what is left of a process whose first events have been taken.
  public static Run rest(ExecProcess process) throws InterruptedException {
    return restFrom(process, next(process));
  }

  /// The same when the first of those events has been taken, too.
  public static Run restFrom(ExecProcess process, ProcessEvent first) throws InterruptedException {
    return read(process, first, first.sequence());
  }

  /// Checks what must hold for each process: numbers without a gap, one exit, nothing after the
  /// end.
  private static Run read(ExecProcess process, ProcessEvent first, long firstSequence)
      throws InterruptedException {
    ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    List<Integer> exitCodes = new ArrayList<>();
    ProcessEvent event = first;
    for (long sequence = firstSequence; ; sequence++, event = next(process)) {
      assertThat(event.sequence()).isEqualTo(sequence);
      switch (event) {
        case ProcessEvent.Output output ->
            (output.stream() == Stream.STDERR ? stderr : stdout).writeBytes(bytes(output));
        case ProcessEvent.Exited exited -> exitCodes.add(exited.exitCode());
        case ProcessEvent.Closed closed -> {
          assertThat(exitCodes).hasSize(1);
          assertThat(process.next(LIMIT)).isNull();
          int exitCode = exitCodes.getFirst();
          return new Run(text(stdout), text(stderr), exitCode, closed.outputComplete());
        }
        case ProcessEvent.NeverRan unrun -> throw new AssertionError(unrun);
        case ProcessEvent.Lost lost -> throw new AssertionError(lost);
      }
    }
  }

  /// Reads output, of either stream, until it ends with the text.
  public static String untilPrinted(ExecProcess process, String end) throws InterruptedException {
    StringBuilder seen = new StringBuilder();
    while (!seen.toString().endsWith(end)) {
      if (!(next(process) instanceof ProcessEvent.Output output)) {
        throw new AssertionError("ended after " + seen);
      }
      seen.append(new String(bytes(output), StandardCharsets.UTF_8));
    }
    return seen.toString();
  }

  public static ProcessEvent next(ExecProcess process) throws InterruptedException {
    return Objects.requireNonNull(process.next(LIMIT), "no event came in time");
  }

  public static byte[] bytes(ProcessEvent.Output output) {
    byte[] bytes = new byte[output.bytes().remaining()];
    output.bytes().duplicate().get(bytes);
    return bytes;
  }

  /// But for the process that watches over them.
  public static boolean noChildIsLeft() {
    return ProcessHandle.current().children().allMatch(Run::isLifeline);
  }

  public static boolean isLifeline(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"))
          .endsWith("\0codex-lsp-lifeline\0");
    } catch (IOException _) {
      return false;
    }
  }

  public static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false) && !isZombie(pid);
  }

  private static boolean isZombie(long pid) {
    return state(pid) == 'Z';
  }

  /// As `ps` tells it: S sleeps, R runs, Z is dead; `-` when there is no such process.
  public static char state(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2);
    } catch (IOException _) {
      return '-';
    }
  }

  /// What a process has open; nothing when it is gone.
  public static List<String> links(long pid) {
    List<String> links = new ArrayList<>();
    try (java.util.stream.Stream<Path> fds = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      for (Path fd : fds.toList()) {
        links.add(Files.readSymbolicLink(fd).toString());
      }
    } catch (IOException _) {
      // It closes and ends as it likes.
    }
    return links;
  }

  /// Bytes that the process of this `/proc/PID/io` has written since it began, or none when it is
  /// gone.
  public static long written(Path io) {
    try {
      return Files.readAllLines(io).stream()
          .filter(line -> line.startsWith("wchar: "))
          .mapToLong(line -> Long.parseLong(line.substring("wchar: ".length())))
          .sum();
    } catch (IOException _) {
      return 0;
    }
  }

  public static void await(String what, BooleanSupplier condition) {
    await(what, LIMIT, condition);
  }

  /// The same for one of the few things that take longer.
  public static void await(String what, Duration limit, BooleanSupplier condition) {
    long endBy = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(endBy);
      LockSupport.parkNanos(2_000_000);
    }
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
