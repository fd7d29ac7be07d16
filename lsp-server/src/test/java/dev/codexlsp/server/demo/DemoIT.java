package dev.codexlsp.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.server.process.ServerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The demo as a new user starts it, but without a terminal.
class DemoIT {
  @TempDir Path temporary;

  private record Result(int status, List<String> lines, String err) {}

  @Test
  void walksAndAcceptsTheCommandWithYes() throws Exception {
    Result result = demo("--yes");

    assertThat(result.err()).isEmpty();
    assertThat(result.status()).isZero();
    assertThat(result.lines())
        .containsSubsequence(
            "1. The server starts",
            "2. A thread",
            "3. A turn: the answer streams, and a command runs if you let it",
            "accepted, because of --yes",
            "command    completed, exit code 0",
            "answer     You have 3 notes; I read that in the command's output.",
            "turn       completed",
            "4. A second turn, cancelled in its progress",
            "you        cancel (window/workDoneProgress/cancel)",
            "turn       interrupted",
            "5. The server ends",
            "server     ended with status 0")
        .anyMatch(line -> line.contains("it is no AI"))
        .anyMatch(line -> line.startsWith("progress   begin: "))
        .contains("progress   end: completed", "progress   end: interrupted");
    assertNothingIsLeft();
  }

  @Test
  void declinesWithoutATerminal() throws Exception {
    Result result = demo();

    assertThat(result.err()).isEmpty();
    assertThat(result.status()).isZero();
    assertThat(result.lines())
        .containsSubsequence(
            "declined, because there is no terminal to ask on (--yes accepts)",
            "command    declined",
            "turn       completed",
            "turn       interrupted",
            "server     ended with status 0")
        .noneMatch(line -> line.startsWith("output"));
    assertNothingIsLeft();
  }

  @Test
  void failsInOneLineWhenTheTurnOfALiveDemoFails() throws Exception {
    Path home = Files.createDirectory(temporary.resolve("codex-home"));
    Files.writeString(home.resolve("config.toml"), "model_provider = \"nobody\"\n");

    Result result = demo("--live", "Hello");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err().lines().toList())
        .singleElement()
        .asString()
        .startsWith("codex-lsp: the demo failed: ")
        .contains("model_provider");
  }

  private Result demo(String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(ServerProcess.LAUNCHER.toString(), "demo"));
    command.addAll(List.of(options));
    Path out = temporary.resolve("out");
    Path err = temporary.resolve("err");
    Path workspace = Files.createDirectories(temporary.resolve("workspace"));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(workspace.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("CODEX_LSP_JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("CODEX_LSP_JAVA_OPTS", "-Djava.io.tmpdir=" + workspace);
    builder.environment().put("CODEX_HOME", temporary.resolve("codex-home").toString());
    Process process = builder.start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("still running: " + Files.readString(out));
    }
    List<String> lines =
        Files.readString(out, StandardCharsets.UTF_8).lines().map(String::strip).toList();
    return new Result(process.exitValue(), lines, Files.readString(err));
  }

  private void assertNothingIsLeft() throws IOException {
    try (Stream<Path> left = Files.list(temporary.resolve("workspace"))) {
      assertThat(left).isEmpty();
    }
  }
}
