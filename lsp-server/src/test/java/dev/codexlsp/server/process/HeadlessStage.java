package dev.codexlsp.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.codexlsp.core.model.FakeModelServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs `exec` through the real launcher, in a folder, a home and with a model of its own. Belongs
/// to the thread of the test.
final class HeadlessStage implements AutoCloseable {
  private final Path folder;
  private final Path home;
  private final Path work;
  private final FakeModelServer model;

  /// How a run ended.
  record Ended(int status, String out, String err) {
    List<String> lines() {
      return out.lines().map(line -> line.replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "ID")).toList();
    }
  }

  private HeadlessStage(Path folder, FakeModelServer model) throws IOException {
    this.folder = folder;
    this.model = model;
    this.home = Files.createDirectories(folder.resolve("home"));
    this.work = Files.createDirectories(folder.resolve("work"));
    Files.createDirectories(work.resolve(".git"));
    Files.writeString(work.resolve(".git/HEAD"), "ref: refs/heads/main\n");
    Files.writeString(
        home.resolve("config.toml"),
        """
        model = "gpt-5.5"
        model_provider = "fake"
        [model_providers.fake]
        name = "Fake"
        base_url = "%s"
        request_max_retries = 0
        stream_max_retries = 0
        """
            .formatted(model.baseUrl()));
  }

  static HeadlessStage playing(Path folder, String script) throws IOException {
    return new HeadlessStage(folder, FakeModelServer.playing(script));
  }

  /// The folder of the work.
  Path work() {
    return work;
  }

  FakeModelServer model() {
    return model;
  }

  /// A run with this input, to its end.
  Ended exec(String input, String... arguments) throws Exception {
    Path in = Files.writeString(folder.resolve("in"), input);
    return ended(
        prepared(arguments)
            .redirectInput(in.toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .start());
  }

  /// A run that is not started yet; its streams are pipes.
  ProcessBuilder prepared(String... arguments) {
    List<String> command = new ArrayList<>(List.of(ServerProcess.LAUNCHER.toString(), "exec"));
    command.addAll(List.of(arguments));
    return command(command);
  }

  ProcessBuilder command(List<String> command) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(work.toFile())
            .redirectError(folder.resolve("err").toFile());
    builder.environment().put("CODEX_LSP_JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("CODEX_HOME", home.toString());
    return builder;
  }

  /// Waits for the end. What has gone to a pipe is not told.
  Ended ended(Process process) throws Exception {
    try {
      assertThat(process.waitFor(50, TimeUnit.SECONDS)).as("it ends by itself").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Ended(process.exitValue(), written("out"), written("err"));
  }

  private String written(String name) throws IOException {
    Path file = folder.resolve(name);
    return Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
  }

  /// The last text that the model was told.
  String lastWords() {
    JsonObject last =
        model.calls().getLast().body().getAsJsonArray("input").asList().getLast().getAsJsonObject();
    return last.getAsJsonArray("content").get(0).getAsJsonObject().get("text").getAsString();
  }

  @Override
  public void close() throws IOException {
    model.close();
  }
}
