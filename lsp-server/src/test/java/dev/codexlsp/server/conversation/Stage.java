package dev.codexlsp.server.conversation;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.codexlsp.core.model.FakeModelServer;
import dev.codexlsp.exec.remote.BareSocketServer;
import dev.codexlsp.exec.remote.ScriptedExecServer;
import dev.codexlsp.server.process.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A packaged server with a home and a working folder of its own and a scripted model behind it.
/// Belongs to the thread of the test.
final class Stage implements AutoCloseable {
  static final String KEY = "sk-conversation-key";

  private static final String CONFIG =
      """
      model = "mock-model"
      model_provider = "mock"
      approval_policy = "untrusted"
      sandbox_mode = "danger-full-access"

      [model_providers.mock]
      name = "Mock"
      base_url = "$model"
      env_key = "MOCK_KEY"
      stream_max_retries = 2
      """;

  private final Path home;
  private final Path cwd;
  private final FakeModelServer model;
  private final ScriptedExecServer execServer;
  private final BareSocketServer execSocket;
  private final ServerProcess server;

  /// What is around the server.
  ///
  /// @param model its script
  /// @param config the whole `config.toml`, where `$model` stands for the URL; null for a good one
  /// @param execServer a script for the place where commands run; null for this machine
  /// @param environments the whole `environments.toml`, where `$exec` stands for the URL of that
  ///   place; null for the variable that names it
  record Scenery(
      String model,
      @Nullable String config,
      @Nullable List<String> execServer,
      @Nullable String environments) {}

  Stage(Path folder, String script, @Nullable String config, Set<ClientWish> wishes)
      throws IOException {
    this(folder, new Scenery(script, config, null, null), wishes);
  }

  /// @param folder an empty one
  Stage(Path folder, Scenery scenery, Set<ClientWish> wishes) throws IOException {
    Path root = folder.toRealPath();
    home = Files.createDirectory(root.resolve("home"));
    cwd = Files.createDirectory(root.resolve("cwd"));
    model = FakeModelServer.playing(scenery.model());
    execServer =
        new ScriptedExecServer(scenery.execServer() == null ? List.of() : scenery.execServer());
    execSocket = new BareSocketServer(execServer);
    String text = scenery.config() == null ? CONFIG : scenery.config();
    Files.writeString(
        home.resolve("config.toml"), text.replace("$model", model.baseUrl().toString()));
    Map<String, String> environment = new HashMap<>();
    environment.put("CODEX_HOME", home.toString());
    environment.put("HOME", home.toString());
    environment.put("SHELL", "/bin/sh");
    environment.put("OPENAI_API_KEY", "");
    environment.put("CODEX_API_KEY", "");
    environment.put("MOCK_KEY", wishes.contains(ClientWish.NO_KEY) ? "" : KEY);
    if (scenery.environments() != null) {
      Files.writeString(
          home.resolve("environments.toml"), scenery.environments().replace("$exec", execUrl()));
    } else if (scenery.execServer() != null) {
      environment.put("CODEX_EXEC_SERVER_URL", execUrl());
    }
    server = ServerProcess.start(cwd, ServerProcess.LAUNCHER, environment);
  }

  Path home() {
    return home;
  }

  Path cwd() {
    return cwd;
  }

  FakeModelServer model() {
    return model;
  }

  ScriptedExecServer execServer() {
    return execServer;
  }

  final String execUrl() {
    return execSocket.url().toString();
  }

  ServerProcess server() {
    return server;
  }

  /// Opens the session.
  FakeClient client(Set<ClientWish> wishes, Consumer<JsonObject> seen)
      throws IOException, InterruptedException {
    JsonObject window = new JsonObject();
    window.addProperty("workDoneProgress", wishes.contains(ClientWish.PROGRESS));
    if (wishes.contains(ClientWish.SHOW_MESSAGE)) {
      window.add("showMessage", new JsonObject());
    }
    JsonObject capabilities = new JsonObject();
    capabilities.add("window", window);
    if (wishes.contains(ClientWish.SETTINGS)) {
      capabilities.add("workspace", settings());
    }
    JsonObject codex = new JsonObject();
    codex.addProperty("approvals", wishes.contains(ClientWish.APPROVALS));
    JsonObject options = new JsonObject();
    options.add("codex", codex);
    JsonObject clientInfo = new JsonObject();
    clientInfo.addProperty("name", "conversation");
    clientInfo.addProperty("version", "1");
    JsonArray folders = new JsonArray();
    if (!wishes.contains(ClientWish.NO_FOLDER)) {
      JsonObject opened = new JsonObject();
      opened.addProperty("uri", cwd.toUri().toString());
      opened.addProperty("name", "cwd");
      folders.add(opened);
    }
    JsonObject params = new JsonObject();
    params.addProperty("processId", ProcessHandle.current().pid());
    params.add("clientInfo", clientInfo);
    params.add("capabilities", capabilities);
    params.add("initializationOptions", options);
    params.add("workspaceFolders", folders);
    server.initialize(params.toString());
    return new FakeClient(server, seen);
  }

  private static JsonObject settings() {
    JsonObject changes = new JsonObject();
    changes.addProperty("dynamicRegistration", true);
    JsonObject workspace = new JsonObject();
    workspace.addProperty("configuration", true);
    workspace.add("didChangeConfiguration", changes);
    return workspace;
  }

  /// Starts a thread, and its first turn; returns the id of the turn's request.
  int openAndAsk(FakeClient client, String prompt) throws IOException, InterruptedException {
    JsonObject params = new JsonObject();
    params.addProperty("cwd", cwd.toString());
    client.request("codex/thread/start", params);
    JsonObject started = client.await("codex/thread/started");
    String thread =
        started.getAsJsonObject("params").getAsJsonObject("thread").get("id").getAsString();
    return ask(client, thread, prompt);
  }

  /// Starts a turn, and returns the id of its request.
  int ask(FakeClient client, String thread, String prompt) throws IOException {
    JsonObject text = new JsonObject();
    text.addProperty("type", "text");
    text.addProperty("text", prompt);
    JsonArray input = new JsonArray();
    input.add(text);
    JsonObject params = new JsonObject();
    params.addProperty("threadId", thread);
    params.add("input", input);
    return client.request("codex/turn/start", params);
  }

  @Override
  public void close() throws IOException {
    server.close();
    model.close();
    execSocket.close();
  }
}
