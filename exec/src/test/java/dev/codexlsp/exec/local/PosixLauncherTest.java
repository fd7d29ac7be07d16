package dev.codexlsp.exec.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codexlsp.exec.ExecException;
import dev.codexlsp.exec.ExecProcess;
import dev.codexlsp.exec.ProcessEvent;
import dev.codexlsp.exec.ProcessSpec;
import dev.codexlsp.exec.Run;
import dev.codexlsp.exec.Stdio;
import dev.codexlsp.exec.TerminalSize;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What the launcher on `posix_spawn` promises beyond [LocalBackendTest].
class PosixLauncherTest {
  private static final Duration LONG_GRACE = Run.LIMIT.multipliedBy(2);

  private static final int PIPE_BYTES = 64 * 1024;

  private LocalBackend backend = Hands.POSIX.open(Duration.ofMillis(300));

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void isTheChoiceOnThisSystem() {
    try (Launcher chosen = Launcher.forThisSystem(LONG_GRACE)) {
      assertThat(chosen).isInstanceOf(PosixLauncher.class);
    }
  }

  @Test
  void childHasNoDescriptorButTheFirstThree() throws Exception {
    // The JDK opens files without the close-on-exec flag.
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      assertThat(open.count()).isGreaterThan(4);
    }

    Run run = Run.of(backend.start(Run.spec(List.of("ls", "-l", "/proc/self/fd"))));

    List<String> links =
        run.stdout()
            .lines()
            .filter(line -> line.contains(" -> "))
            .map(line -> line.replaceFirst(".* (\\d+ -> )", "$1").replaceAll("\\d{2,}", "N"))
            .toList();
    // 3 is the listing itself.
    assertThat(links)
        .containsExactly("0 -> /dev/null", "1 -> pipe:[N]", "2 -> pipe:[N]", "3 -> /proc/N/fd");
  }

  @Test
  void childLeadsItsOwnSessionAndGroup() throws Exception {
    Run run = Run.of(backend.start(Run.spec(List.of("cat", "/proc/self/stat"))));

    String[] stat = run.stdout().split(" ", -1);
    String pid = stat[0];
    assertThat(List.of(stat[4], stat[5])).containsExactly(pid, pid);
  }

  @Test
  void childBlocksAndIgnoresNoSignal() throws Exception {
    Run run = Run.of(backend.start(Run.spec(List.of("cat", "/proc/self/status"))));

    assertThat(run.stdout().lines().filter(line -> line.matches("Sig[BIC].*")))
        .containsExactly(
            "SigBlk:\t0000000000000000", "SigIgn:\t0000000000000000", "SigCgt:\t0000000000000000");
  }

  @Test
  void programSeesTheNameItWasCalledBy() throws Exception {
    Run run = Run.of(backend.start(Run.spec(List.of("cat", "/proc/self/cmdline"))));

    assertThat(run.stdout()).isEqualTo("cat\0/proc/self/cmdline\0");
  }

  @Test
  void programSeesAnotherNameIfAsked() throws Exception {
    ProcessSpec spec =
        new ProcessSpec(
            List.of("cat", "/proc/self/cmdline"), "dog", Path.of("/"), Map.of(), Stdio.NO_INPUT);

    assertThat(Run.of(backend.start(spec)).stdout()).isEqualTo("dog\0/proc/self/cmdline\0");
  }

  @Test
  void outputOfABackgroundChildIsReadUntilItEnds() throws Exception {
    use(LONG_GRACE);
    ExecProcess process = backend.start(Run.bash("(sleep 0.1; echo late) & echo early"));

    assertThat(Run.untilPrinted(process, "\n")).isEqualTo("early\n");
    assertThat(Run.next(process)).isEqualTo(new ProcessEvent.Exited(2, 0, false));
    assertThat(Run.untilPrinted(process, "\n")).isEqualTo("late\n");
    assertThat(Run.next(process)).isEqualTo(new ProcessEvent.Closed(4, true));
  }

  @Test
  void pipeThatIsHeldLongerThanTheGraceIsClosed() throws Exception {
    ExecProcess process = backend.start(Run.bash("sleep 60 & echo $!"));

    Run run = Run.of(process);
    long grandchild = Long.parseLong(run.stdout().strip());

    assertThat(run).isEqualTo(new Run(grandchild + "\n", "", 0, false));
    assertThat(Run.isAlive(grandchild)).isTrue();
    ProcessHandle.of(grandchild).ifPresent(ProcessHandle::destroyForcibly);
  }

  @Test
  void backgroundChildThatNeverStopsWritingDoesNotHoldTheEndUp() throws Exception {
    ExecProcess process = backend.start(Run.bash("yes & echo $! >&2; disown"));

    Run run = Run.of(process);
    long grandchild = Long.parseLong(run.stderr().strip());

    assertThat(run.outputComplete()).isFalse();
    // Its pipe has no reader any more.
    Run.await("it ends by itself", () -> !Run.isAlive(grandchild));
  }

  /// The more processes there are, the less of each may lie unread.
  @Test
  void manyThatNobodyReadsShareTheRoom() throws Exception {
    int share = EventQueue.UNREAD_BYTES_OF_ALL / 64;
    List<ExecProcess> processes = new ArrayList<>();
    List<Path> counters = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      ExecProcess process =
          backend.start(Run.bash("echo $$; read; exec yes", new Stdio.Pipes(true)));
      processes.add(process);
      counters.add(Path.of("/proc", Run.untilPrinted(process, "\n").strip(), "io"));
    }

    for (ExecProcess process : processes) {
      process.write(ByteBuffer.wrap(new byte[] {'\n'}));
    }

    Run.await(
        "all are held back",
        () -> counters.stream().allMatch(io -> Run.written(io) > share + PIPE_BYTES * 3 / 4));
    Run.of(backend.start(Run.bash("true")));
    assertThat(counters).allMatch(io -> Run.written(io) < share + share / 2 + PIPE_BYTES);
  }

  @Test
  void whatThePipeHoldsAtTheExitIsNotLostToASlowConsumer() throws Exception {
    int bytes = EventQueue.UNREAD_BYTES + 65536;
    ExecProcess process = backend.start(Run.spec(List.of("head", "-c", "" + bytes, "/dev/zero")));
    Run.await("it is reaped, the grace being over", Run::noChildIsLeft);

    Run run = Run.of(process);
    assertThat(run.stdout().length()).isEqualTo(bytes);
    assertThat(run.outputComplete()).isTrue();
  }

  @Test
  void terminateReachesTheGroupAfterTheExit() throws Exception {
    use(LONG_GRACE);
    ExecProcess process = backend.start(Run.bash("sleep 60 & echo $!"));
    long grandchild = Long.parseLong(Run.untilPrinted(process, "\n").strip());
    assertThat(Run.next(process)).isEqualTo(new ProcessEvent.Exited(2, 0, false));

    process.terminate();

    assertThat(Run.next(process)).isEqualTo(new ProcessEvent.Closed(3, true));
    Run.await("the grandchild ends", () -> !Run.isAlive(grandchild));
  }

  @Test
  void killFollowsTermWhenTheCommandHasCompletedMeanwhile() throws Exception {
    ExecProcess process =
        backend.start(
            Run.bash(
                """
                bash -c 'trap "" TERM; echo $$; exec >/dev/null 2>&1; sleep 60; sleep 61' &
                wait
                """));
    long stubborn = Long.parseLong(Run.untilPrinted(process, "\n").strip());

    process.terminate();

    Run.rest(process);
    Run.await("KILL comes after the grace", () -> !Run.isAlive(stubborn));
  }

  @Test
  void interruptedStartLeavesNothingRunning() throws Exception {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> backend.start(Run.spec(List.of("sleep", "61.5"))))
        .isInstanceOf(InterruptedException.class);

    assertThat(Thread.interrupted()).isFalse();
    // What is asked for later happens later: by its end the first was started, and given up.
    Run.of(backend.start(Run.bash("true")));
    Run.await("the child is ended", Run::noChildIsLeft);
  }

  @Test
  void argumentsThatNoKernelTakesAreRefusedAndHarmNobody() throws Exception {
    ExecProcess other = backend.start(Run.bash("read; exit 3", new Stdio.Pipes(true)));
    String large = "x".repeat(Launcher.MOST_ARGUMENTS);

    assertThatThrownBy(() -> backend.start(Run.spec(List.of("true", large))))
        .isInstanceOf(ExecException.class)
        .hasMessage("cannot start true: argument list too long");
    assertThatThrownBy(() -> backend.start(Run.spec(List.of("true", large.substring(0, 1 << 20)))))
        .isInstanceOf(ExecException.class)
        .hasMessage("cannot start true: argument list too long");

    other.write(ByteBuffer.wrap(new byte[] {'\n'}));
    assertThat(Run.of(other).exitCode()).isEqualTo(3);
  }

  @Test
  void whyTheThreadHasEndedIsTold() throws Exception {
    // More nanoseconds than a number can hold: it is found out at the first exit.
    use(Duration.ofSeconds(Long.MAX_VALUE));
    ExecProcess process = backend.start(Run.bash("true"));

    assertThat(Run.of(process).exitCode()).isEqualTo(137);
    assertThatThrownBy(() -> backend.start(Run.bash("true")))
        .isInstanceOf(ExecException.class)
        .hasMessageStartingWith(
            "commands are not accepted any more: java.lang.ArithmeticException");
  }

  @Test
  void everyDescriptorAndEveryChildIsGivenBack() throws Exception {
    Run.of(backend.start(Run.bash("true")));
    Run.await("the first is reaped", Run::noChildIsLeft);
    long before = descriptors();

    for (int i = 0; i < 50; i++) {
      Run.of(backend.start(Run.bash("echo x", new Stdio.Pipes(i % 2 == 0))));
      Run.of(backend.start(Run.bash("echo x", new Stdio.Terminal(TerminalSize.DEFAULT))));
    }

    Run.await("all are reaped", Run::noChildIsLeft);
    assertThat(descriptors()).isEqualTo(before);
  }

  @Test
  void closeEndsTheThreadAndItsDescriptors() throws Exception {
    long before = descriptors();
    Run.of(backend.start(Run.bash("true")));

    backend.close();

    assertThat(descriptors()).isEqualTo(before);
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(t -> t.getName().equals("exec-local"));
  }

  private void use(Duration drainGrace) {
    backend.close();
    backend = Hands.POSIX.open(drainGrace);
  }

  /// Pipes, terminals, process and event descriptors that this JVM has open.
  private static long descriptors() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.filter(PosixLauncherTest::isOfOurKind).count();
    }
  }

  private static boolean isOfOurKind(Path fd) {
    try {
      String target = Files.readSymbolicLink(fd).toString();
      return target.startsWith("pipe:")
          || target.startsWith("anon_inode:")
          || target.startsWith("/dev/p");
    } catch (IOException _) {
      return false;
    }
  }
}
