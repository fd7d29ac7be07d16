package dev.codexlsp.exec.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codexlsp.exec.ExecProcess;
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
import dev.codexlsp.exec.sandbox.PermissionProfile.Network;
import dev.codexlsp.exec.sandbox.Rung;
import dev.codexlsp.exec.sandbox.SandboxReport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Commands that a restricted thread starts, where there is no bubblewrap.
@Timeout(60)
class RestrictedCommandTest {
  private static final int COMMANDS = 20;
  private static final Stdio TERMINAL = new Stdio.Terminal(new TerminalSize(24, 80));
  private static LocalBackend backend;

  @TempDir Path folder;
  private Path workspace;
  private Path home;

  @BeforeAll
  static void open() throws Exception {
    backend =
        new LocalBackend(
            Duration.ofMillis(500), Map.of("HOME", "/nonexistent"), List.of(Rung.LANDLOCK));
    assertThat(backend.sandboxReport())
        .isEqualTo(new SandboxReport(List.of(new SandboxReport.Finding(Rung.LANDLOCK, null))));
  }

  @AfterAll
  static void close() {
    backend.close();
  }

  @BeforeEach
  void makeWorkspace() throws Exception {
    workspace = Files.createDirectory(folder.toRealPath().resolve("ws"));
    home = Files.createDirectory(folder.toRealPath().resolve("home"));
  }

  private Confinement confinement(FileRule... more) {
    List<FileRule> rules = new ArrayList<>();
    rules.add(new FileRule(new PathPattern.Root(), Access.READ));
    rules.addAll(List.of(more));
    return new Confinement(
        new PermissionProfile.Managed(rules, Network.RESTRICTED),
        workspace,
        List.of(workspace),
        null,
        List.of(home));
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

  @Test
  void readsAndWritesNothing() throws Exception {
    Files.writeString(workspace.resolve("file"), "text\n");
    Run run = run("cat file; echo x > /dev/null && pwd; echo x > made; exit 7");
    assertThat(run)
        .isEqualTo(
            new Run(
                "text\n" + workspace + "\n",
                "/bin/bash: line 1: made: Permission denied\n",
                7,
                true));
  }

  @Test
  void getsItsEnvironmentAndNothingElse() throws Exception {
    ProcessSpec spec =
        new ProcessSpec(
                List.of("env"), workspace, Map.of("PATH", "/usr/bin:/bin", "A.b", "x\ny", "-i", ""))
            .within(confinement());
    assertThat(Run.of(backend.start(spec)).stdout().lines())
        .containsExactlyInAnyOrder(
            "PATH=/usr/bin:/bin", "A.b=x", "y", "-i=", "CODEX_SANDBOX_NETWORK_DISABLED=1");
  }

  @Test
  void itsVariablesReachNothingThatWaitsAtTheGate() throws Exception {
    Path library = workspace.resolve("no.so");
    ProcessSpec spec =
        new ProcessSpec(List.of("/bin/true"), workspace, Map.of("LD_PRELOAD", library.toString()))
            .within(confinement());
    // One complaint, of the loader of the command.
    assertThat(Run.of(backend.start(spec)).stderr().lines()).hasSize(1);
  }

  @Test
  void aDenialIsSeen() throws Exception {
    ExecProcess process = backend.start(spec("exec cat " + home + "/../none > x", Stdio.NO_INPUT));
    assertThat(process.rung()).isEqualTo(Rung.LANDLOCK);
    ProcessEvent event = Run.next(process);
    while (!(event instanceof ProcessEvent.Exited)) {
      event = Run.next(process);
    }
    assertThat(event).isEqualTo(new ProcessEvent.Exited(event.sequence(), 1, true));
  }

  @Test
  void hasATerminalOfItsOwn() throws Exception {
    Run run =
        Run.of(
            backend.start(
                spec("echo to it > /dev/tty; stty size; echo again > $(tty); set -m", TERMINAL)));
    assertThat(run).isEqualTo(new Run("to it\r\n24 80\r\nagain\r\n", "", 0, true));
  }

  @Test
  void aTrapRunsOnTermAndOnAnInterrupt() throws Exception {
    for (Stdio stdio : List.of(Stdio.NO_INPUT, TERMINAL)) {
      String end = stdio.equals(TERMINAL) ? "ready\r\n" : "ready\n";
      String script = "trap 'echo trapped; exit 9' TERM INT; echo ready; sleep 1000 & wait";
      ExecProcess ended = backend.start(spec(script, stdio));
      Run.untilPrinted(ended, end);
      ended.terminate();
      assertThat(Run.rest(ended).exitCode()).isEqualTo(9);
      ExecProcess interrupted = backend.start(spec(script, stdio));
      Run.untilPrinted(interrupted, end);
      interrupted.interrupt();
      assertThat(Run.rest(interrupted).exitCode()).isEqualTo(9);
    }
  }

  @Test
  void livesOnWhenItAsksToDieWithItsParent() throws Exception {
    ExecProcess process =
        backend.start(
            spec("exec setpriv --pdeathsig KILL bash -c 'echo ready; cat'", new Stdio.Pipes(true)));
    Run.untilPrinted(process, "ready\n");
    assertThat(run("echo another").stdout()).isEqualTo("another\n");
    process.write(ByteBuffer.wrap("still here\n".getBytes(UTF_8)));
    Run.untilPrinted(process, "still here\n");
    process.terminate();
    assertThat(Run.rest(process).exitCode()).isEqualTo(143);
  }

  @Test
  void credentialsThatAreMadeLaterCannotBeReadEither() throws Exception {
    ExecProcess process =
        backend.start(
            spec("echo ready; read x; cat " + home + "/auth.json", new Stdio.Pipes(true)));
    Run.untilPrinted(process, "ready\n");
    Files.writeString(home.resolve("auth.json"), "token");
    process.write(ByteBuffer.wrap(new byte[] {'\n'}));
    Run rest = Run.rest(process);
    assertThat(rest.stdout()).isEmpty();
    assertThat(rest.stderr()).contains("Permission denied");
  }

  @Test
  void whatOnlyBubblewrapCanDoIsRefused() {
    FileRule write = new FileRule(new PathPattern.ProjectRoots(null), Access.WRITE);
    FileRule hide = new FileRule(new PathPattern.Literal(home), Access.NONE);
    assertRefused(confinement(write), "landlock: only for what writes nothing");
    assertRefused(confinement(hide), "landlock cannot hide the names in a folder: " + home);
    assertThatThrownBy(() ->
            backend.start(
                new ProcessSpec(List.of("/bin/a=b"), workspace, Map.of()).within(confinement())))
        .hasMessageContaining("/bin/a=b");
  }

  private void assertRefused(Confinement confinement, String reason) {
    assertThatThrownBy(() -> backend.start(spec("true", Stdio.NO_INPUT).within(confinement)))
        .isInstanceOf(SandboxUnavailableException.class)
        .hasMessage("sandbox unavailable: " + reason);
  }

  @Test
  void whatMayNotRunTheShellIsRefused() {
    Confinement nothing =
        new Confinement(
            new PermissionProfile.Managed(
                List.of(new FileRule(new PathPattern.ProjectRoots(null), Access.READ)),
                Network.RESTRICTED),
            workspace,
            List.of(workspace),
            null,
            List.of());
    assertRefused(nothing, "landlock: Permission denied");
  }

  @Test
  void readsOnlyWhatItsRulesName() throws Exception {
    Files.writeString(workspace.resolve("file"), "text\n");
    Files.writeString(home.resolve("file"), "other\n");
    Confinement some =
        new Confinement(
            new PermissionProfile.Managed(
                List.of(
                    new FileRule(new PathPattern.Minimal(), Access.READ),
                    new FileRule(new PathPattern.ProjectRoots(null), Access.READ)),
                Network.RESTRICTED),
            workspace,
            List.of(workspace),
            null,
            List.of());
    ProcessSpec spec = spec("cat file; ls /usr >/dev/null && cat ../home/file", Stdio.NO_INPUT);
    assertThat(Run.of(backend.start(spec.within(some))))
        .isEqualTo(new Run("text\n", "cat: ../home/file: Permission denied\n", 1, true));
  }

  @Test
  void nothingOfTheServerIsRestrictedAndNothingStaysOpen() throws Exception {
    run("true");
    List<String> before = held();
    for (int i = 0; i < COMMANDS; i++) {
      assertThat(run("echo $PPID").stdout()).isEqualTo(ProcessHandle.current().pid() + "\n");
      Thread.ofVirtual().start(() -> {}).join();
    }
    // What the last command had may be about to go. A leak would be of one a command at least.
    Run.await("all is closed", () -> held().size() < before.size() + COMMANDS);
    try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
      assertThat(threads.map(RestrictedCommandTest::filters)).doesNotContain("Seccomp:\t2");
    }
  }

  /// Without the files that Java has open for itself.
  private static List<String> held() {
    return Run.links(ProcessHandle.current().pid()).stream()
        .filter(link -> link.matches("(pipe|anon_inode|/memfd).*"))
        .toList();
  }

  private static String filters(Path thread) {
    try {
      return Files.readAllLines(thread.resolve("status")).stream()
          .filter(line -> line.startsWith("Seccomp:"))
          .findFirst()
          .orElse("");
    } catch (IOException _) {
      // It has just ended.
      return "";
    }
  }
}
