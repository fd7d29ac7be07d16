package dev.codexlsp.exec.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.exec.ExecProcess;
import dev.codexlsp.exec.ProcessEvent;
import dev.codexlsp.exec.Run;
import dev.codexlsp.exec.Stdio;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Who is found when a command is ended, of those that have left its group; and who is not. Each
/// script prints the pid of the one it is about, when that one has left.
class FamilyTest {
  private static final Duration LONG_GRACE = Run.LIMIT.multipliedBy(2);

  private final LocalBackend backend = Hands.POSIX.open(LONG_GRACE);
  private final List<Long> pids = new ArrayList<>();

  @AfterEach
  void close() {
    backend.close();
    pids.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
  }

  enum End {
    TERMINATE,
    CLOSE;

    void of(ExecProcess process, LocalBackend backend) {
      switch (this) {
        case TERMINATE -> process.terminate();
        case CLOSE -> backend.close();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void sessionOfItsOwn(End end) throws Exception {
    assertFound(end, "setsid bash -c 'echo $$; sleep 60' & wait");
  }

  @ParameterizedTest
  @EnumSource
  void sessionOfItsOwnThatIgnoresTerm(End end) throws Exception {
    assertFound(end, "setsid bash -c 'trap \"\" TERM; echo $$; sleep 60; sleep 60' & wait");
  }

  @ParameterizedTest
  @EnumSource
  void sessionOfItsOwnWithoutOurStreams(End end) throws Exception {
    assertFound(end, "setsid bash -c 'echo $$; exec >&- 2>&-; sleep 60; sleep 60' & wait");
  }

  @ParameterizedTest
  @EnumSource
  void orphanThatHoldsAPipe(End end) throws Exception {
    assertOrphanFound(end, "(setsid bash -c 'echo $$; sleep 60; sleep 60' &); exec sleep 60");
  }

  @ParameterizedTest
  @EnumSource
  void orphanInAnotherGroupOfTheSession(End end) throws Exception {
    assertOrphanFound(
        end, "set -m; (bash -c 'echo $$; exec >&- 2>&-; sleep 60; sleep 60' &); exec sleep 60");
  }

  @ParameterizedTest
  @EnumSource
  void orphanInASessionOfADescendant(End end) throws Exception {
    assertOrphanFound(
        end,
        """
        setsid bash -c '
            set -m
            (bash -c "echo \\$\\$; exec >&- 2>&-; sleep 60; sleep 60" &)
            exec sleep 60 >&- 2>&-' &
        wait
        """);
  }

  @ParameterizedTest
  @EnumSource
  void descendantOfAnOrphan(End end) throws Exception {
    assertFound(
        end,
        """
        (setsid bash -c 'setsid bash -c "echo \\$\\$; exec >&- 2>&-; sleep 60; sleep 60" & wait' &)
        exec sleep 60
        """);
  }

  private void assertOrphanFound(End end, String script) throws Exception {
    ExecProcess process = backend.start(Run.bash(script));
    long left = printedPid(process);
    awaitOrphan(left);
    assertFound(end, process, left);
  }

  private static void awaitOrphan(long pid) {
    Run.await(
        "its parent has ended",
        () -> ProcessHandle.current().descendants().noneMatch(process -> process.pid() == pid));
  }

  private void assertFound(End end, String script) throws Exception {
    ExecProcess process = backend.start(Run.bash(script));
    assertFound(end, process, printedPid(process));
  }

  private void assertFound(End end, ExecProcess process, long left) throws Exception {

    end.of(process, backend);

    Run.await("it has ended", () -> !Run.isAlive(left));
    assertThat(Run.rest(process).outputComplete()).isTrue();
  }

  @Test
  void orphanAfterTheExitOfTheCommand() throws Exception {
    ExecProcess process =
        backend.start(
            Run.bash("setsid bash -c 'echo $$; exec sleep 60' & read", new Stdio.Pipes(true)));
    long left = printedPid(process);
    process.write(ByteBuffer.wrap(new byte[] {'\n'}));
    assertThat(Run.next(process)).isEqualTo(new ProcessEvent.Exited(2, 0, false));

    process.terminate();

    assertThat(Run.next(process)).isEqualTo(new ProcessEvent.Closed(3, true));
    Run.await("it has ended", () -> !Run.isAlive(left));
  }

  @Test
  void oneThatWasFoundOnceIsNotLostWhenItsParentDies() throws Exception {
    // At TERM its parent dies, and it has neither our session nor our streams.
    ExecProcess process =
        backend.start(
            Run.bash(
                "setsid bash -c 'trap \"\" TERM; echo $$; exec >&- 2>&-; sleep 60; sleep 61' &"
                    + " wait"));
    long left = printedPid(process);

    process.terminate();

    assertThat(Run.rest(process).exitCode()).isEqualTo(143);
    Run.await("it has ended", () -> !Run.isAlive(left));
  }

  @Test
  void daemonIsNotFound() throws Exception {
    // No session, no streams and no parent in common.
    ExecProcess process =
        backend.start(
            Run.bash(
                "(setsid bash -c 'echo $$; exec >&- 2>&-; sleep 60; sleep 60' &); exec sleep 60"));
    long left = printedPid(process);
    awaitOrphan(left);
    Run.await("it has let go of the streams", () -> holds(left).isEmpty());

    process.terminate();

    assertThat(Run.rest(process).exitCode()).isEqualTo(143);
    assertThat(Run.isAlive(left)).isTrue();
  }

  private static List<String> holds(long pid) {
    return Run.links(pid).stream().filter(link -> link.startsWith("pipe:")).toList();
  }

  @Test
  void familyOfAnotherCommandIsLeftAlone() throws Exception {
    String script = "setsid bash -c 'echo $$; sleep 60; sleep 60' & wait";
    ExecProcess ended = backend.start(Run.bash(script));
    long left = printedPid(ended);
    ExecProcess other = backend.start(Run.bash(script));
    long stays = printedPid(other);

    ended.terminate();

    assertThat(Run.rest(ended).exitCode()).isEqualTo(143);
    Run.await("it has ended", () -> !Run.isAlive(left));
    assertThat(Run.isAlive(stays)).isTrue();
    assertThat(other.next(Duration.ofMillis(1))).isNull();
  }

  @Test
  void hundredCommandsAreEndedTogether() throws Exception {
    List<ExecProcess> processes = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      processes.add(backend.start(Run.bash("setsid sleep 60 & echo $!; wait")));
    }
    for (ExecProcess process : processes) {
      printedPid(process);
    }

    long began = System.nanoTime();
    processes.forEach(ExecProcess::terminate);
    for (ExecProcess process : processes) {
      assertThat(Run.rest(process).exitCode()).isEqualTo(143);
    }

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    Run.await("all have ended", () -> pids.stream().noneMatch(Run::isAlive));
  }

  @ParameterizedTest
  @CsvSource({"name", "two words", "') S 1 1 1 ('", "'(('"})
  void processesAreReadWhateverTheirName(String name) throws Exception {
    ExecProcess process =
        backend.start(
            Run.spec(
                List.of(
                    "bash",
                    "-c",
                    "printf %s \"$1\" >/proc/$$/comm; echo $$; read <>/dev/zero",
                    "",
                    name)));
    int pid = (int) printedPid(process);

    ProcessTable.Entry entry = Objects.requireNonNull(ProcessTable.read().processes().get(pid));

    int self = (int) ProcessHandle.current().pid();
    assertThat(entry)
        .isEqualTo(new ProcessTable.Entry(pid, self, pid, pid, entry.startTime()))
        .isEqualTo(ProcessTable.entry(pid));
    process.terminate();
  }

  private long printedPid(ExecProcess process) throws InterruptedException {
    long pid = Long.parseLong(Run.untilPrinted(process, "\n").strip());
    pids.add(pid);
    return pid;
  }
}
