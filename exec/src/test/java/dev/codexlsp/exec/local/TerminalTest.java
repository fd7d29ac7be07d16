package dev.codexlsp.exec.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.exec.ExecProcess;
import dev.codexlsp.exec.ProcessEvent;
import dev.codexlsp.exec.ProcessEvent.Stream;
import dev.codexlsp.exec.ProcessSpec;
import dev.codexlsp.exec.Run;
import dev.codexlsp.exec.Stdio;
import dev.codexlsp.exec.TerminalSize;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Commands at a terminal. Lines end in two characters there, and what is typed is echoed.
class TerminalTest {
  private static final Stdio TERMINAL = new Stdio.Terminal(TerminalSize.DEFAULT);
  private static final String CTRL_C = "\003";
  private static final String CTRL_D = "\004";

  private final LocalBackend backend = Hands.POSIX.open(Duration.ofSeconds(2));

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void allThreeStreamsAreTheControllingTerminal() throws Exception {
    String script =
        """
        tty; tty <&1; tty <&2; stty size; echo to the terminal >/dev/tty; cut -d' ' -f5-8 /proc/$$/stat
        """;
    String out = Run.of(start(script)).stdout();

    List<String> lines = out.lines().toList();
    String path = lines.getFirst();
    assertThat(path).startsWith("/dev/pts/");
    assertThat(lines.subList(0, 5)).containsExactly(path, path, path, "24 80", "to the terminal");
    // Group, session, terminal, group in front: it leads all of them.
    String[] fields = lines.get(5).split(" ", -1);
    int number = Integer.parseInt(path.substring("/dev/pts/".length()));
    assertThat(fields).containsExactly(fields[0], fields[0], "" + (136 * 256 + number), fields[0]);
  }

  @Test
  void outputOfBothIsOneStream() throws Exception {
    ExecProcess process = start("echo out; echo err >&2");

    assertThat(Run.next(process))
        .isInstanceOfSatisfying(
            ProcessEvent.Output.class, output -> assertThat(output.stream()).isEqualTo(Stream.PTY));
    assertThat(Run.rest(process).exitCode()).isZero();
    assertThat(Run.of(start("echo out; echo err >&2")))
        .isEqualTo(new Run("out\r\nerr\r\n", "", 0, true));
  }

  @Test
  void childHasNoOtherDescriptor() throws Exception {
    Run run = Run.of(start("exec ls /proc/self/fd"));

    // 3 is the listing itself.
    assertThat(run.stdout().split("\\s+")).containsExactly("0", "1", "2", "3");
  }

  @Test
  void sizeIsTheOneAskedForAndCanChange() throws Exception {
    ExecProcess process =
        backend.start(
            Run.bash(
                "trap 'stty size' WINCH; stty size; while :; do sleep 0.01; done",
                new Stdio.Terminal(new TerminalSize(33, 101))));
    assertThat(Run.untilPrinted(process, "\n")).isEqualTo("33 101\r\n");

    process.resize(new TerminalSize(40, 120));

    assertThat(Run.untilPrinted(process, "\n")).isEqualTo("40 120\r\n");
    process.terminate();
    Run.rest(process);
    process.resize(TerminalSize.DEFAULT);
  }

  @Test
  void whatIsTypedIsEchoedAndRead() throws Exception {
    ExecProcess process = start("read line; echo \"got $line\"; exec cat >/dev/null");

    assertThat(process.write(UTF_8.encode("héllo\n"))).isTrue();
    assertThat(Run.untilPrinted(process, "got héllo\r\n")).isEqualTo("héllo\r\ngot héllo\r\n");
    process.write(UTF_8.encode(CTRL_D));

    assertThat(Run.rest(process).exitCode()).isZero();
  }

  @Test
  void ctrlCInterruptsTheGroupInFront() throws Exception {
    // With job control the inner shell has a group of its own.
    String script =
        """
        set -m
        bash -c "trap 'echo job; exit 9' INT; echo ready; while :; do :; done"
        echo status $?
        exit 3
        """;
    ExecProcess typed = start(script);
    ExecProcess asked = start(script);
    Run.untilPrinted(typed, "ready\r\n");
    Run.untilPrinted(asked, "ready\r\n");

    typed.write(UTF_8.encode(CTRL_C));
    asked.interrupt();

    assertThat(Run.rest(typed)).isEqualTo(new Run("^Cjob\r\nstatus 9\r\n", "", 3, true));
    assertThat(Run.rest(asked)).isEqualTo(new Run("job\r\nstatus 9\r\n", "", 3, true));
  }

  @ParameterizedTest
  @CsvSource({
    "exit 0, 0",
    "exit 17, 17",
    "kill -KILL $$, 1",
    "kill -TERM $$, 1",
    "kill -INT $$, 1",
    "kill -SEGV $$, 1",
  })
  void exitCodes(String script, int expected) throws Exception {
    assertThat(Run.of(start(script)).exitCode()).isEqualTo(expected);
  }

  @Test
  void allOutputArrivesThoughTheCommandEndsAtOnce() throws Exception {
    String expected =
        IntStream.rangeClosed(1, 20_000)
            .mapToObj(String::valueOf)
            .collect(Collectors.joining("\r\n"));

    for (int i = 0; i < 20; i++) {
      assertThat(Run.of(start("exec seq 1 20000")))
          .isEqualTo(new Run(expected + "\r\n", "", 0, true));
    }
  }

  @Test
  void slowConsumerHoldsTheCommandBack() throws Exception {
    ExecProcess process = start("exec seq 1 1000000");
    Run.await("the command waits", TerminalTest::seqSleeps);

    Run run = Run.of(process);

    assertThat(run.stdout()).hasSize(6_888_896 + 1_000_000).endsWith("\r\n1000000\r\n");
    assertThat(run.exitCode()).isZero();
  }

  private static boolean seqSleeps() {
    return ProcessHandle.current()
        .children()
        .filter(child -> child.info().command().orElse("").endsWith("/seq"))
        .anyMatch(child -> Run.state(child.pid()) == 'S');
  }

  @Test
  void muchInputArrives() throws Exception {
    ExecProcess process = start("stty raw -echo; echo ready; head -c 1000000 | wc -c");
    Run.untilPrinted(process, "ready\n");

    process.write(ByteBuffer.allocate(1_000_000));

    assertThat(Run.rest(process).stdout()).isEqualTo("1000000\n");
  }

  @Test
  void inputThatNobodyReadsEndsWithTheCommand() throws Exception {
    ExecProcess process = start("stty raw -echo; echo ready; sleep 0.3; exit 4");
    Run.untilPrinted(process, "ready\n");

    process.write(ByteBuffer.allocate(3_000_000));

    assertThat(Run.rest(process).exitCode()).isEqualTo(4);
  }

  @Test
  void commandThatLetsGoOfItsTerminalGoesOn() throws Exception {
    ExecProcess process = start("echo a; exec <&- >&- 2>&-; sleep 0.2; echo b >/dev/tty; exit 5");

    assertThat(Run.of(process)).isEqualTo(new Run("a\r\nb\r\n", "", 5, true));
  }

  @Test
  void backgroundChildOfATerminalDoesNotHoldTheEndUp() throws Exception {
    ExecProcess process = start("setsid sleep 60 & echo $!; sleep 0.1");

    long began = System.nanoTime();
    Run run = Run.of(process);

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
    assertThat(run.exitCode()).isZero();
    ProcessHandle.of(Long.parseLong(run.stdout().strip()))
        .ifPresent(ProcessHandle::destroyForcibly);
  }

  @Test
  void terminateAndCloseEndWhatSitsAtATerminal() throws Exception {
    ExecProcess terminated = start("exec sleep 60");
    ExecProcess closed = start("trap '' TERM HUP; echo ready; sleep 60; sleep 60");
    Run.untilPrinted(closed, "ready\r\n");

    terminated.terminate();
    assertThat(Run.of(terminated)).isEqualTo(new Run("", "", 1, true));
    backend.close();
    assertThat(Run.rest(closed).exitCode()).isEqualTo(1);
  }

  @Test
  void programsAreToldAShell() throws Exception {
    ProcessSpec without =
        new ProcessSpec(List.of("/usr/bin/env"), null, Path.of("/"), Map.of(), TERMINAL);
    ProcessSpec with =
        new ProcessSpec(
            List.of("/usr/bin/env"), null, Path.of("/"), Map.of("SHELL", "/bin/mine"), TERMINAL);
    Path shell = backend.surroundings().shell();

    assertThat(Run.of(backend.start(without)).stdout()).isEqualTo("SHELL=" + shell + "\r\n");
    assertThat(Run.of(backend.start(with)).stdout()).isEqualTo("SHELL=/bin/mine\r\n");
  }

  private ExecProcess start(String script) throws Exception {
    return backend.start(Run.bash(script, TERMINAL));
  }
}
