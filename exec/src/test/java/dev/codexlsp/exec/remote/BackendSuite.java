package dev.codexlsp.exec.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codexlsp.exec.ExecBackend;
import dev.codexlsp.exec.ExecException;
import dev.codexlsp.exec.ExecProcess;
import dev.codexlsp.exec.FileException;
import dev.codexlsp.exec.FileSystem;
import dev.codexlsp.exec.FileSystem.DirectoryEntry;
import dev.codexlsp.exec.FileSystem.OpenMode;
import dev.codexlsp.exec.FileSystem.WalkEntry;
import dev.codexlsp.exec.FileSystem.WalkOptions;
import dev.codexlsp.exec.FileSystem.WalkResult;
import dev.codexlsp.exec.ProcessEvent;
import dev.codexlsp.exec.ProcessSpec;
import dev.codexlsp.exec.Run;
import dev.codexlsp.exec.Stdio;
import dev.codexlsp.exec.TerminalSize;
import dev.codexlsp.exec.sandbox.Confinement;
import dev.codexlsp.exec.sandbox.PermissionProfile;
import dev.codexlsp.exec.sandbox.SandboxPolicy;
import dev.codexlsp.exec.sandbox.SandboxProfiles;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a command and a file must look like, wherever the command runs: here, or in a place with a
/// server and a connection in between. The places are all this machine.
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BackendSuite {
  static final Duration DRAIN_GRACE = Duration.ofMillis(700);
  static final Timing TIMING = Timing.standard(DRAIN_GRACE);

  @TempDir Path folder;
  ExecBackend backend;

  /// Makes the place, if there must be one, and a backend to it.
  abstract ExecBackend open() throws Exception;

  /// Ends the place.
  abstract void end();

  @BeforeAll
  void openBackend() throws Exception {
    backend = open();
  }

  @AfterAll
  void close() {
    backend.close();
    end();
  }

  @Test
  void bothStreamsComeApart() throws Exception {
    assertThat(run("for i in 1 2 3; do echo o$i; echo e$i >&2; done; exit 17"))
        .isEqualTo(new Run("o1\no2\no3\n", "e1\ne2\ne3\n", 17, true));
  }

  @ParameterizedTest
  @CsvSource({"exit 0, 0", "exit 255, 255", "kill -KILL $$, 137", "kill -SEGV $$, 139"})
  void exitCodes(String script, int code) throws Exception {
    assertThat(run(script)).isEqualTo(new Run("", "", code, true));
  }

  @Test
  void nothingIsInheritedUnlessAskedFor() throws Exception {
    ProcessSpec bare = new ProcessSpec(List.of("/usr/bin/env"), folder, Map.of("ONLY", "this"));
    assertThat(Run.of(backend.start(bare))).isEqualTo(new Run("ONLY=this\n", "", 0, true));
  }

  @Test
  void theDirectoryAndTheName() throws Exception {
    ProcessSpec named =
        new ProcessSpec(
            List.of("/bin/bash", "-c", "pwd; echo $0"),
            "other name",
            folder,
            Map.of(),
            Stdio.NO_INPUT);
    assertThat(Run.of(backend.start(named)).stdout())
        .isEqualTo(folder.toRealPath() + "\nother name\n");
  }

  @Test
  void aMissingProgramIsAFailedStart() {
    assertThatThrownBy(() -> backend.start(new ProcessSpec(List.of("/no/such"), folder, Map.of())))
        .isInstanceOf(ExecException.class)
        .hasMessageContaining("/no/such");
  }

  @Test
  void bytesThatAreNoText() throws Exception {
    ExecProcess process = backend.start(bash("printf '\\377\\000\\303'"));
    // The exit may be told before the output.
    ProcessEvent event = Run.next(process);
    while (!(event instanceof ProcessEvent.Output output)) {
      event = Run.next(process);
    }

    assertThat(output.bytes()).isEqualTo(ByteBuffer.wrap(new byte[] {(byte) 0xff, 0, (byte) 0xc3}));
  }

  @Test
  void muchOutputComesWhole() throws Exception {
    Run run = run("head -c 5000000 /dev/zero | tr '\\0' x");

    assertThat(run.stdout()).isEqualTo("x".repeat(5_000_000));
  }

  @Test
  void inputIsRead() throws Exception {
    ExecProcess cat = backend.start(bash("read a; read b; echo $b $a", new Stdio.Pipes(true)));

    assertThat(cat.write(bytes("one\n"))).isTrue();
    assertThat(cat.write(bytes("two\n"))).isTrue();

    assertThat(Run.of(cat)).isEqualTo(new Run("two one\n", "", 0, true));
  }

  @Test
  void aTerminal() throws Exception {
    ExecProcess tty =
        backend.start(bash("test -t 0 && stty size", new Stdio.Terminal(TerminalSize.DEFAULT)));

    assertThat(Run.of(tty)).isEqualTo(new Run("24 80\r\n", "", 0, true));
  }

  @Test
  void terminateEndsTheWholeGroup() throws Exception {
    ExecProcess process = backend.start(bash("sleep 1000 & echo $!; wait"));
    long child = Long.parseLong(Run.untilPrinted(process, "\n").strip());

    process.terminate();

    assertThat(Run.rest(process).exitCode()).isNotZero();
    Run.await("the end of the child", () -> !Run.isAlive(child));
  }

  @Test
  void interruptIsWhatCtrlCDoes() throws Exception {
    ExecProcess process =
        backend.start(bash("trap 'echo caught; exit 5' INT; cat", new Stdio.Pipes(true)));
    // The answer shows that cat runs: a signal between fork and exec would be lost, and bash wait
    // for the program for ever.
    assertThat(process.write(bytes("go\n"))).isTrue();
    assertThat(Run.untilPrinted(process, "\n")).isEqualTo("go\n");

    process.interrupt();

    assertThat(Run.rest(process)).isEqualTo(new Run("caught\n", "", 5, true));
  }

  @Test
  void aBackgroundChildDoesNotHoldTheEndUp() throws Exception {
    ExecProcess process = backend.start(bash("sleep 1000 & echo $!; exit 3"));
    Run run = Run.of(process);
    long child = Long.parseLong(run.stdout().strip());

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.outputComplete()).isFalse();
    assertThat(Run.isAlive(child)).isTrue();
    ProcessHandle.of(child).orElseThrow().destroyForcibly();
  }

  @Test
  void manyAtOnce() throws Exception {
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Run>> runs = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        int number = i;
        runs.add(pool.submit(() -> run("echo " + number + "; exit " + number)));
      }
      for (int i = 0; i < runs.size(); i++) {
        assertThat(runs.get(i).get()).isEqualTo(new Run(i + "\n", "", i, true));
      }
    }
  }

  @Test
  void surroundings() throws Exception {
    assertThat(backend.surroundings().shell()).isExecutable();
    assertThat(backend.surroundings().os()).isEqualTo("linux");
  }

  @Test
  void filesAreWrittenReadCopiedAndRemoved() throws Exception {
    FileSystem files = backend.files();
    Path made = folder.resolve("a b/c");
    files.createDirectory(made, true);
    files.write(made.resolve("f"), bytes("text"));
    files.copy(made, folder.resolve("d"), true);

    assertThat(files.read(folder.resolve("d/f"))).isEqualTo(bytes("text"));
    assertThat(files.metadata(made.resolve("f")).size()).isEqualTo(4);
    assertThat(files.list(made)).containsExactly(new DirectoryEntry("f", false, true));
    assertThat(files.canonicalize(made.resolve("../c/f")))
        .isEqualTo(made.toRealPath().resolve("f"));
    assertThat(files.walk(made, new WalkOptions(5, 10, 10, false, false)))
        .isEqualTo(
            new WalkResult(
                List.of(new WalkEntry(made.resolve("f"), FileSystem.Kind.FILE)), List.of(), false));
    files.remove(folder.resolve("d"), true, false);
    assertThat(folder.resolve("d")).doesNotExist();
  }

  @Test
  void aFileThatDoesNotFitIntoAMessage() throws Exception {
    byte[] much = new byte[20 * 1024 * 1024 + 7];
    for (int i = 0; i < much.length; i++) {
      much[i] = (byte) (i * 31);
    }
    FileSystem files = backend.files();
    Path file = folder.resolve("big");

    files.write(file, ByteBuffer.wrap(much));

    assertThat(Files.readAllBytes(file)).isEqualTo(much);
    assertThat(files.read(file)).isEqualTo(ByteBuffer.wrap(much));
  }

  @Test
  void aFileReadPieceByPiece() throws Exception {
    Path file = Files.writeString(folder.resolve("f"), "0123456789");
    try (FileSystem.OpenFile open = backend.files().open(file, OpenMode.READ)) {
      assertThat(open.read(8, 5)).isEqualTo(bytes("89"));
      assertThat(open.read(2, 3)).isEqualTo(bytes("234"));
      assertThat(open.read(10, 5).hasRemaining()).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({"missing, NOT_FOUND", "., MISUSED"})
  void whyAFileCannotBeRead(String name, FileException.Kind kind) {
    Path file = folder.resolve(name);
    assertThatThrownBy(() -> backend.files().read(file))
        .isInstanceOfSatisfying(
            FileException.class, failure -> assertThat(failure.kind()).isEqualTo(kind))
        .hasMessageContaining(file.toString());
  }

  @Test
  void aConfinedCommandWritesBelowItsRootsAndNowhereElse() throws Exception {
    Path root = Files.createDirectory(folder.toRealPath().resolve("root"));
    Confinement confinement = confinement(root);
    ExecProcess inside = backend.start(bash("cd root && echo x > made").within(confinement));
    assertThat(Run.of(inside).exitCode()).isZero();
    assertThat(root.resolve("made")).hasContent("x\n");
    ExecProcess outside = backend.start(bash("echo x > made").within(confinement));
    ProcessEvent event = Run.next(outside);
    while (!(event instanceof ProcessEvent.Exited)) {
      event = Run.next(outside);
    }
    assertThat(event).isEqualTo(new ProcessEvent.Exited(event.sequence(), 1, true));
    assertThat(folder.resolve("made")).doesNotExist();
  }

  @Test
  void confinedFilesAreWrittenBelowTheRootsAndNowhereElse() throws Exception {
    Path root = Files.createDirectory(folder.toRealPath().resolve("root"));
    FileSystem files = backend.files(confinement(root));
    files.write(root.resolve("made"), bytes("x"));
    assertThat(files.read(root.resolve("made"))).isEqualTo(bytes("x"));
    assertThatThrownBy(() -> files.write(root.resolveSibling("made"), bytes("x")))
        .isInstanceOf(FileException.class);
    assertThat(folder.resolve("made")).doesNotExist();
  }

  private static Confinement confinement(Path root) {
    SandboxPolicy policy = new SandboxPolicy.WorkspaceWrite(List.of(), false, true, true);
    if (!(SandboxProfiles.of(policy) instanceof PermissionProfile.Managed profile)) {
      throw new IllegalStateException();
    }
    return new Confinement(profile, root, List.of(root), null, List.of());
  }

  private Run run(String script) throws Exception {
    return Run.of(backend.start(bash(script)));
  }

  private ProcessSpec bash(String script) {
    return bash(script, Stdio.NO_INPUT);
  }

  private ProcessSpec bash(String script, Stdio stdio) {
    return new ProcessSpec(
        List.of("/bin/bash", "-c", script), null, folder, Map.of("PATH", "/usr/bin:/bin"), stdio);
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
