package dev.codexlsp.exec.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codexlsp.exec.ExecProcess;
import dev.codexlsp.exec.FileException;
import dev.codexlsp.exec.FileSystem;
import dev.codexlsp.exec.ProcessEvent;
import dev.codexlsp.exec.ProcessSpec;
import dev.codexlsp.exec.Run;
import dev.codexlsp.exec.SandboxUnavailableException;
import dev.codexlsp.exec.Stdio;
import dev.codexlsp.exec.TerminalSize;
import dev.codexlsp.exec.sandbox.Confinement;
import dev.codexlsp.exec.sandbox.FileRule;
import dev.codexlsp.exec.sandbox.FileRule.Access;
import dev.codexlsp.exec.sandbox.PathPattern;
import dev.codexlsp.exec.sandbox.PermissionProfile;
import dev.codexlsp.exec.sandbox.SandboxPolicy;
import dev.codexlsp.exec.sandbox.SandboxProfiles;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A command within limits behaves as one without, as far as these let it.
@Timeout(60)
class SandboxedCommandTest {
  private static LocalBackend backend;

  @TempDir Path folder;
  private Path workspace;

  @BeforeAll
  static void open() throws Exception {
    backend = new LocalBackend(Duration.ofMillis(500), Map.of("HOME", "/nonexistent"));
    assertThat(backend.sandboxReport().problems()).doesNotContain("bubblewrap");
  }

  @AfterAll
  static void close() {
    backend.close();
  }

  @BeforeEach
  void makeWorkspace() throws Exception {
    workspace = Files.createDirectory(folder.toRealPath().resolve("ws"));
  }

  private Confinement confinement(FileRule... more) {
    SandboxPolicy policy = new SandboxPolicy.WorkspaceWrite(List.of(), false, true, true);
    if (!(SandboxProfiles.of(policy) instanceof PermissionProfile.Managed profile)) {
      throw new IllegalStateException();
    }
    List<FileRule> rules = new ArrayList<>(profile.rules());
    rules.addAll(List.of(more));
    return new Confinement(
        new PermissionProfile.Managed(rules, profile.network()),
        workspace,
        List.of(workspace),
        null,
        List.of());
  }

  private ProcessSpec spec(String script, Stdio stdio) {
    return new ProcessSpec(
            List.of("/bin/bash", "-c", script),
            null,
            workspace,
            Map.of("PATH", "/usr/bin:/bin", "LC_ALL", "C"),
            stdio)
        .within(confinement());
  }

  private Run run(String script) throws Exception {
    return Run.of(backend.start(spec(script, Stdio.NO_INPUT)));
  }

  private static ProcessEvent.Exited exit(ExecProcess process) throws InterruptedException {
    while (true) {
      if (Run.next(process) instanceof ProcessEvent.Exited exited) {
        return exited;
      }
    }
  }

  @Test
  void writesInItsWorkspaceAndIsToldThatThereIsNoNetwork() throws Exception {
    Run run = run("echo x > made; cat made; pwd; echo $CODEX_SANDBOX_NETWORK_DISABLED; exit 7");
    assertThat(run).isEqualTo(new Run("x\n" + workspace + "\n1\n", "", 7, true));
    assertThat(workspace.resolve("made")).hasContent("x\n");
  }

  @Test
  void getsItsEnvironmentAndNothingElse() throws Exception {
    ProcessSpec spec =
        new ProcessSpec(List.of("env"), workspace, Map.of("PATH", "/usr/bin:/bin", "A.b", "x\ny"))
            .within(confinement());
    assertThat(Run.of(backend.start(spec)).stdout().lines())
        .containsExactlyInAnyOrder(
            "PATH=/usr/bin:/bin",
            "A.b=x",
            "y",
            "CODEX_SANDBOX_NETWORK_DISABLED=1",
            "PWD=" + workspace);
  }

  @Test
  void itsVariablesReachNoProgramWithoutLimits() throws Exception {
    Path library = workspace.resolve("no.so");
    ProcessSpec spec =
        new ProcessSpec(List.of("/bin/true"), workspace, Map.of("LD_PRELOAD", library.toString()))
            .within(confinement());
    // One complaint, of the loader of the command, and none of the one of bubblewrap.
    assertThat(Run.of(backend.start(spec)).stderr().lines()).hasSize(1);
  }

  @Test
  void aDenialIsSeenInWhatItWrote() throws Exception {
    assertThat(exit(backend.start(spec("echo x > /etc/new", Stdio.NO_INPUT))).sandboxDenied())
        .isTrue();
    assertThat(exit(backend.start(spec("exit 1", Stdio.NO_INPUT))).sandboxDenied()).isFalse();
    assertThat(exit(backend.start(spec("echo x > /etc/new; true", Stdio.NO_INPUT))).sandboxDenied())
        .isFalse();
    ProcessSpec free = spec("echo permission denied; exit 1", Stdio.NO_INPUT).within(null);
    assertThat(exit(backend.start(free)).sandboxDenied()).isFalse();
  }

  @Test
  void aTrapRunsOnTerm() throws Exception {
    Stdio terminal = new Stdio.Terminal(new TerminalSize(24, 80));
    for (Stdio stdio : List.of(Stdio.NO_INPUT, terminal)) {
      ExecProcess process =
          backend.start(
              spec("trap 'echo trapped; exit 9' TERM; echo ready; sleep 1000 & wait", stdio));
      Run.untilPrinted(process, stdio.equals(terminal) ? "ready\r\n" : "ready\n");
      process.terminate();
      Run rest = Run.rest(process);
      assertThat(rest.stdout().strip()).isEqualTo("trapped");
      assertThat(rest.exitCode()).isEqualTo(9);
    }
  }

  @Test
  void whoIgnoresTermIsKilledWithAllThatItStarted() throws Exception {
    ExecProcess process =
        backend.start(
            spec("trap '' TERM; setsid sleep 1000 & echo ready; sleep 1000", Stdio.NO_INPUT));
    Run.untilPrinted(process, "ready\n");
    process.terminate();
    assertThat(Run.rest(process).exitCode()).isEqualTo(137);
  }

  @Test
  void anInterruptReachesTheCommandAndNotWhatKeepsIt() throws Exception {
    Stdio terminal = new Stdio.Terminal(new TerminalSize(24, 80));
    for (Stdio stdio : List.of(Stdio.NO_INPUT, terminal)) {
      ExecProcess process =
          backend.start(
              spec("trap 'echo trapped; exit 9' INT; echo ready; sleep 1000 & wait", stdio));
      Run.untilPrinted(process, stdio.equals(terminal) ? "ready\r\n" : "ready\n");
      process.interrupt();
      Run rest = Run.rest(process);
      assertThat(rest.stdout()).contains("trapped");
      assertThat(rest.exitCode()).isEqualTo(9);
    }
  }

  @Test
  void hasATerminalOfItsOwn() throws Exception {
    Stdio terminal = new Stdio.Terminal(new TerminalSize(24, 80));
    Run run =
        Run.of(backend.start(spec("echo to it > /dev/tty; stty size; set -m; jobs", terminal)));
    assertThat(run).isEqualTo(new Run("to it\r\n24 80\r\n", "", 0, true));
    String typing = "perl -e '$c = \"x\"; ioctl(STDIN, 0x5412, $c) or print \"$!\"'";
    assertThat(Run.of(backend.start(spec(typing, terminal))).stdout())
        .isEqualTo("Operation not permitted");
  }

  @Test
  void whatItLeavesInTheBackgroundEndsWithIt() throws Exception {
    Run run = run("sleep 1000 & echo done");
    assertThat(run).isEqualTo(new Run("done\n", "", 0, true));
  }

  @Test
  void theFoldersThatProtectWhatIsMissingGoWithTheLastCommand() throws Exception {
    ExecProcess first = backend.start(spec("echo ready; cat", new Stdio.Pipes(true)));
    Run.untilPrinted(first, "ready\n");
    ExecProcess second = backend.start(spec("mkdir .git/hooks", Stdio.NO_INPUT));
    assertThat(exit(second).sandboxDenied()).isTrue();
    assertThat(workspace.resolve(".git")).isEmptyDirectory();
    first.terminate();
    Run.rest(first);
    Run.await("nothing is left", () -> workspace.toFile().list().length == 0);
  }

  @Test
  void aFolderThatSomebodyHasUsedStays() throws Exception {
    ExecProcess process = backend.start(spec("echo ready; cat", new Stdio.Pipes(true)));
    Run.untilPrinted(process, "ready\n");
    Files.writeString(workspace.resolve(".git/config"), "");
    process.terminate();
    Run.rest(process);
    Run.await("the others are gone", () -> !Files.exists(workspace.resolve(".codex")));
    assertThat(workspace.resolve(".git/config")).exists();
  }

  @Test
  void aProtectedLinkRefuses() throws Exception {
    Files.createSymbolicLink(workspace.resolve(".git"), Files.createDirectory(folder.resolve("g")));
    assertThatThrownBy(() -> run("true"))
        .isInstanceOf(SandboxUnavailableException.class)
        .hasMessage(
            "sandbox unavailable: protected path is a symbolic link: " + workspace.resolve(".git"));
  }

  @Test
  void sometimesItIsTheSandboxThatFails() throws Exception {
    // Readable is only the workspace: there is no shell in there.
    Confinement nothing =
        new Confinement(
            new PermissionProfile.Managed(
                List.of(new FileRule(new PathPattern.ProjectRoots(null), Access.READ)),
                PermissionProfile.Network.RESTRICTED),
            workspace,
            List.of(workspace),
            null,
            List.of());
    for (Stdio stdio : List.of(Stdio.NO_INPUT, new Stdio.Terminal(new TerminalSize(24, 80)))) {
      ExecProcess process = backend.start(spec("true", stdio).within(nothing));
      ProcessEvent event = Run.next(process);
      while (event instanceof ProcessEvent.Output) {
        event = Run.next(process);
      }
      String program = stdio.equals(Stdio.NO_INPUT) ? "/bin/bash" : "/usr/bin/setsid";
      assertThat(event)
          .isEqualTo(
              new ProcessEvent.NeverRan(
                  event.sequence(),
                  "sandbox unavailable: the command never ran: bwrap: execvp "
                      + program
                      + ": No such file or directory"));
      assertThat(process.next(Duration.ofSeconds(1))).isNull();
    }
  }

  @Test
  void anotherNameForAConfinedProgramIsRefused() {
    ProcessSpec spec =
        new ProcessSpec(List.of("/bin/sh"), "name", workspace, Map.of(), Stdio.NO_INPUT)
            .within(confinement());
    assertThatThrownBy(() -> backend.start(spec))
        .isInstanceOf(SandboxUnavailableException.class)
        .hasMessage("sandbox unavailable: a confined command cannot be given another name");
  }

  @Test
  void theProgramThatConfinesIsNeverAPlantedOne() throws Exception {
    Path bin = Files.createDirectory(workspace.resolve("bin"));
    Path planted = Files.writeString(bin.resolve("bwrap"), "#!/bin/sh\necho planted\n");
    Files.setPosixFilePermissions(planted, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThat(SystemPrograms.find("bwrap", List.of(bin))).isNull();
    assertThat(SystemPrograms.find("bwrap", List.of(bin, Path.of("/usr/bin"))))
        .isEqualTo(Path.of("/usr/bin/bwrap"));
  }

  @Test
  void filesAreKeptToTheSameLimits() throws Exception {
    FileSystem files = backend.files(confinement());
    Files.createDirectory(workspace.resolve(".git"));
    Files.createSymbolicLink(workspace.resolve("in"), Path.of("made"));
    Files.createSymbolicLink(workspace.resolve("out"), folder.toRealPath());
    ByteBuffer text = ByteBuffer.wrap(new byte[] {'x'});
    files.write(workspace.resolve("made"), text);
    files.write(workspace.resolve("in"), text);
    assertThat(files.read(Path.of("/etc/passwd")).hasRemaining()).isTrue();
    for (Path path :
        List.of(
            workspace.resolve("out/new"),
            workspace.resolve("../new"),
            workspace.resolve(".git/config"),
            workspace.resolve("sub/../.git/x"),
            Path.of("/proc/self/cwd/new"))) {
      assertThatThrownBy(() -> files.write(path, text)).isInstanceOf(FileException.class);
    }
    assertThatThrownBy(() -> files.read(Path.of("/proc/self/environ")))
        .isInstanceOf(FileException.class);
    assertThat(folder.resolve("new")).doesNotExist();
  }
}
