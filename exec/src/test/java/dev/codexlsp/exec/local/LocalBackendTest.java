package dev.codexlsp.exec.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codexlsp.exec.ExecException;
import dev.codexlsp.exec.ExecProcess;
import dev.codexlsp.exec.ProcessSpec;
import dev.codexlsp.exec.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// What every launcher promises, with real processes. Where one falls short of the other is tested
/// in [PosixLauncherTest] and said in [JdkLauncher].
@ParameterizedClass
@EnumSource(Hands.class)
class LocalBackendTest {
  private static final Duration GRACE = Duration.ofMillis(300);

  private final LocalBackend backend;
  @TempDir Path folder;

  LocalBackendTest(Hands hands) {
    backend = hands.open(GRACE);
  }

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void bothStreamsComeApartAndInOrder() throws Exception {
    ExecProcess process =
        backend.start(Run.bash("for i in 1 2 3; do echo o$i; echo e$i >&2; done"));

    assertThat(Run.of(process)).isEqualTo(new Run("o1\no2\no3\n", "e1\ne2\ne3\n", 0, true));
  }

  @Test
  void outputComesWhileTheCommandRuns() throws Exception {
    ExecProcess process = backend.start(Run.bash("echo first; exec sleep 60"));

    assertThat(Run.untilPrinted(process, "\n")).isEqualTo("first\n");
    assertThat(process.next(Duration.ofMillis(1))).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "exit 0, 0",
    "exit 1, 1",
    "exit 17, 17",
    "exit 255, 255",
    "kill -KILL $$, 137",
    "kill -TERM $$, 143",
    "kill -INT $$, 130",
    "kill -SEGV $$, 139",
  })
  void exitCodes(String script, int expected) throws Exception {
    assertThat(Run.of(backend.start(Run.bash(script)))).isEqualTo(new Run("", "", expected, true));
  }

  @Test
  void standardInputIsAtItsEnd() throws Exception {
    assertThat(Run.of(backend.start(Run.bash("cat; echo $?"))))
        .isEqualTo(new Run("0\n", "", 0, true));
  }

  @Test
  void environmentIsExactlyAsGiven() throws Exception {
    ProcessSpec spec =
        new ProcessSpec(
            List.of("/usr/bin/env"), folder, Map.of("ONLY", "this one", "EMPTY", "", "UTF", "ü€"));

    Run run = Run.of(backend.start(spec));

    assertThat(run.stdout().lines()).containsExactlyInAnyOrder("ONLY=this one", "EMPTY=", "UTF=ü€");
  }

  @Test
  void argumentsArriveAsTheyAre() throws Exception {
    Run run =
        Run.of(
            backend.start(
                Run.spec(List.of("printf", "<%s>", "", "two words", "ü€", "new\nline", "$HOME"))));

    assertThat(run.stdout()).isEqualTo("<><two words><ü€><new\nline><$HOME>");
  }

  @Test
  void directoryIsTheOneGiven() throws Exception {
    ProcessSpec spec = new ProcessSpec(List.of("/bin/pwd"), folder, Map.of());

    assertThat(Run.of(backend.start(spec)).stdout()).isEqualTo(folder.toRealPath() + "\n");
  }

  @Test
  void programIsFoundInThePathOfTheChild() throws Exception {
    script("onlyhere", "#!/bin/sh\necho found\n");
    ProcessSpec inPath =
        new ProcessSpec(List.of("onlyhere"), Path.of("/"), Map.of("PATH", "/nowhere:" + folder));
    ProcessSpec inDirectory = new ProcessSpec(List.of("./onlyhere"), folder, Map.of());

    assertThat(Run.of(backend.start(inPath)).stdout()).isEqualTo("found\n");
    assertThat(Run.of(backend.start(inDirectory)).stdout()).isEqualTo("found\n");
  }

  @Test
  void scriptWithoutAnInterpreterIsRunByTheShell() throws Exception {
    script("plain", "echo \"$0 $1\"\n");
    ProcessSpec spec = new ProcessSpec(List.of("./plain", "one"), folder, Map.of());

    assertThat(Run.of(backend.start(spec)).stdout()).isEqualTo(folder + "/./plain one\n");
  }

  @Test
  void missingInterpreterIsAFailedStart() throws Exception {
    script("orphan", "#!/no/such/interpreter\n");
    ProcessSpec spec = new ProcessSpec(List.of("./orphan"), folder, Map.of());

    assertThatThrownBy(() -> backend.start(spec))
        .isInstanceOf(ExecException.class)
        .hasMessageStartingWith("cannot start ./orphan: ")
        .hasMessageContaining("o such file or directory");
  }

  @Test
  void startAfterCloseIsRefused() throws Exception {
    Run.of(backend.start(Run.bash("true")));
    backend.close();

    assertThatThrownBy(() -> backend.start(Run.bash("true")))
        .isInstanceOf(ExecException.class)
        .hasMessage("commands are not accepted any more: the backend is closed");
  }

  @Test
  void closeBeforeAnyStartIsQuietAndFinal() {
    backend.close();

    assertThatThrownBy(() -> backend.start(Run.bash("true"))).isInstanceOf(ExecException.class);
  }

  @Test
  void closeKillsWhatRunsAndTellsItsEnd() throws Exception {
    ExecProcess stubborn = backend.start(Run.bash("trap '' TERM; echo ready; sleep 60; sleep 60"));
    ExecProcess silent = backend.start(Run.bash("sleep 60 & echo $!; wait"));
    Run.untilPrinted(stubborn, "ready\n");
    long grandchild = Long.parseLong(Run.untilPrinted(silent, "\n").strip());

    long began = System.nanoTime();
    backend.close();

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
    assertThat(Run.rest(stubborn).exitCode()).isEqualTo(137);
    assertThat(Run.rest(silent).exitCode()).isEqualTo(137);
    Run.await("the grandchild ends", () -> !Run.isAlive(grandchild));
  }

  @Test
  void terminateEndsTheCommandAndItsChildren() throws Exception {
    ExecProcess process = backend.start(Run.bash("sleep 60 & echo $!; wait"));
    long grandchild = Long.parseLong(Run.untilPrinted(process, "\n").strip());

    process.terminate();
    process.terminate();

    assertThat(Run.rest(process).exitCode()).isEqualTo(143);
    Run.await("the grandchild ends", () -> !Run.isAlive(grandchild));
  }

  @Test
  void terminateKillsWhatIgnoresTermAfterTheGrace() throws Exception {
    ExecProcess process =
        backend.start(Run.bash("trap '' TERM; sleep 61 & echo $!; sleep 62; sleep 63"));
    long grandchild = Long.parseLong(Run.untilPrinted(process, "\n").strip());

    long began = System.nanoTime();
    process.terminate();
    Duration call = Duration.ofNanos(System.nanoTime() - began);
    int exitCode = Run.rest(process).exitCode();

    assertThat(exitCode).isEqualTo(137);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Launcher.TERMINATE_GRACE);
    assertThat(call).isLessThan(Launcher.TERMINATE_GRACE);
    Run.await("the grandchild ends", () -> !Run.isAlive(grandchild));
  }

  @Test
  void terminatedCommandMayUseItsGrace() throws Exception {
    ExecProcess process =
        backend.start(Run.bash("trap 'echo bye; exit 3' TERM; echo ready; while :; do :; done"));
    Run.untilPrinted(process, "ready\n");

    process.terminate();

    assertThat(Run.rest(process)).isEqualTo(new Run("bye\n", "", 3, true));
  }

  @Test
  void backgroundChildDoesNotHoldTheEndUpAndLivesOn() throws Exception {
    ExecProcess process = backend.start(Run.bash("sleep 60 & echo $!"));

    long began = System.nanoTime();
    Run run = Run.of(process);
    long grandchild = Long.parseLong(run.stdout().strip());

    try {
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
      assertThat(run.exitCode()).isZero();
      assertThat(Run.isAlive(grandchild)).isTrue();
    } finally {
      ProcessHandle.of(grandchild).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  @Test
  void nextCanBeInterrupted() throws Exception {
    ExecProcess process = backend.start(Run.bash("exec sleep 60"));
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> process.next(Run.LIMIT)).isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
    process.terminate();
    assertThat(Run.rest(process).exitCode()).isEqualTo(143);
  }

  private void script(String name, String text) throws Exception {
    Path file = Files.writeString(folder.resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
