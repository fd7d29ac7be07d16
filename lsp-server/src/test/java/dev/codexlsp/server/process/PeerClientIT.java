package dev.codexlsp.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.core.model.FakeModelServer;
import dev.codexlsp.exec.Run;
import dev.codexlsp.exec.remote.CuttingProxy;
import java.io.BufferedReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The original's own agent runs its commands on our packaged exec-server. Needs its binary:
/// `-Dcodex.peer=FILE`.
@Tag("peer")
@Timeout(90)
class PeerClientIT {
  @TempDir Path folder;
  private Process server;
  private URI uri;

  @BeforeEach
  void start() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(ServerProcess.LAUNCHER.toString(), "exec-server")
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("CODEX_LSP_JAVA_HOME", System.getProperty("java.home"));
    server = builder.start();
    BufferedReader out = server.inputReader(StandardCharsets.UTF_8);
    uri = URI.create(out.readLine());
  }

  @AfterEach
  void stop() {
    server.destroy();
  }

  private static FakeModelServer modelThatRuns(String command) throws Exception {
    return FakeModelServer.playing(
        """
        response
        call {"name":"exec_command","callId":"call-1","arguments":{"cmd":"%s","yield_time_ms":30000}}
        response
        message "All done."
        """
            .formatted(command));
  }

  private Process agent(FakeModelServer model, URI execServer) throws Exception {
    return agent(model, execServer, List.of("--dangerously-bypass-approvals-and-sandbox"));
  }

  private Process agent(FakeModelServer model, URI execServer, List<String> options)
      throws Exception {
    String binary = System.getProperty("codex.peer", "");
    assertThat(binary).as("the original's binary, to be given as -Dcodex.peer=FILE").isNotEmpty();
    Path home = Files.createDirectories(folder.resolve("home"));
    Files.writeString(
        home.resolve("config.toml"),
        """
        model = "gpt-5.5"
        model_provider = "loopback"
        [model_providers.loopback]
        name = "Loopback"
        base_url = "%s"
        """
            .formatted(model.baseUrl()));
    List<String> command = new ArrayList<>(List.of(binary, "exec", "--skip-git-repo-check"));
    command.addAll(options);
    command.add("go");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(folder.resolve("output").toFile())
            .redirectErrorStream(true);
    builder.environment().put("CODEX_HOME", home.toString());
    // The original refuses some helpers when its home lies below the folder for temporary files.
    builder.environment().put("TMPDIR", Files.createDirectories(folder.resolve("tmp")).toString());
    builder.environment().put("CODEX_EXEC_SERVER_URL", execServer.toString());
    return builder.start();
  }

  private void awaitSuccess(Process agent) throws Exception {
    assertThat(agent.waitFor(Run.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    String output = Files.readString(folder.resolve("output"));
    assertThat(agent.exitValue()).as(output).isZero();
    assertThat(output).contains("All done.");
  }

  @Test
  void aWholeTurn() throws Exception {
    try (FakeModelServer model = modelThatRuns("cat /proc/$PPID/comm; echo to-stderr >&2")) {
      Process agent = agent(model, uri);
      awaitSuccess(agent);
      String seen = model.awaitCall(2).body().toString();
      assertThat(seen).contains("java\\n").contains("to-stderr").contains("code 0");
    }
  }

  @Test
  void aTurnWithinASandbox() throws Exception {
    Path outside = Path.of("/var/tmp").resolve("codex-lsp-" + ProcessHandle.current().pid());
    try (FakeModelServer model = modelThatRuns("touch within && echo done; touch " + outside)) {
      Process agent = agent(model, uri, List.of("--sandbox", "workspace-write"));
      awaitSuccess(agent);
      String seen = model.awaitCall(2).body().toString();
      assertThat(seen).contains("done\\n").contains("Read-only file system");
      assertThat(outside).doesNotExist();
      assertThat(folder.resolve("within")).exists();
    }
  }

  @Test
  void aConnectionThatBreaksLosesNothing() throws Exception {
    Path begun = folder.resolve("begun");
    String command =
        "touch " + begun + "; for i in $(seq 1 200); do echo line-$i; sleep 0.01; done";
    try (FakeModelServer model = modelThatRuns(command);
        CuttingProxy proxy = new CuttingProxy(uri.getPort())) {
      Process agent = agent(model, proxy.url());
      Run.await("the command", () -> Files.exists(begun));
      proxy.cut();
      awaitSuccess(agent);
      String all =
          IntStream.rangeClosed(1, 200)
              .mapToObj(i -> "line-" + i + "\\n")
              .collect(Collectors.joining());
      assertThat(model.awaitCall(2).body().toString()).contains(all);
    }
  }
}
