package dev.codexlsp.server.demo;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.nio.file.Path;

/// A client's conversation with the server, from `initialize` to `exit`. Belongs to the demo's
/// thread.
final class Session {
  private final ServerChild server;
  private final Page page;
  private final Approvals approvals;

  Session(ServerChild server, Page page, Approvals approvals) {
    this.server = server;
    this.page = page;
    this.approvals = approvals;
  }

  void initialize(Path workspace) throws DemoException, InterruptedException {
    JsonObject result = object(server.request("initialize", initializeParams(workspace)));
    server.notify("initialized", new JsonObject());
    JsonObject info = Json.child(result, "serverInfo");
    JsonObject experimental = Json.child(Json.child(result, "capabilities"), "experimental");
    JsonObject codex = Json.child(experimental, "codex");
    page.line(
        "server",
        "%s %s, process %d"
            .formatted(Json.text(info, "name"), Json.text(info, "version"), server.pid()));
    page.line("home", Json.text(codex, "codexHome"));
    page.line("workspace", workspace.toString());
  }

  /// Starts a thread and gives back its id.
  String startThread(Path workspace) throws DemoException, InterruptedException {
    JsonObject params = new JsonObject();
    params.addProperty("cwd", workspace.toString());
    JsonObject result = object(server.request("codex/thread/start", params));
    String id = Json.text(Json.child(result, "thread"), "id");
    page.line("thread", id);
    page.line(
        "model",
        "%s of the provider %s"
            .formatted(Json.text(result, "model"), Json.text(result, "modelProvider")));
    return id;
  }

  TurnView startTurn(String threadId, String prompt) throws DemoException, InterruptedException {
    server.request("codex/turn/start", TurnPrompt.params(threadId, prompt));
    return new TurnView(server, page, approvals);
  }

  /// What an editor sends when somebody presses cancel on a progress.
  void cancelProgress(JsonElement token) throws DemoException, InterruptedException {
    JsonObject params = new JsonObject();
    params.add("token", token);
    server.notify("window/workDoneProgress/cancel", params);
  }

  void end() throws DemoException, InterruptedException {
    server.request("shutdown", JsonNull.INSTANCE);
    server.notify("exit", JsonNull.INSTANCE);
    int status = server.exitStatus();
    page.line("server", "ended with status " + status);
    if (status != 0) {
      throw new DemoException("the server ended with status " + status);
    }
  }

  private static JsonObject initializeParams(Path workspace) {
    JsonObject clientInfo = new JsonObject();
    clientInfo.addProperty("name", "codex-lsp-demo");
    JsonObject window = new JsonObject();
    window.addProperty("workDoneProgress", true);
    JsonObject capabilities = new JsonObject();
    capabilities.add("window", window);
    JsonObject folder = new JsonObject();
    folder.addProperty("uri", workspace.toUri().toString());
    folder.addProperty("name", "workspace");
    JsonArray folders = new JsonArray();
    folders.add(folder);
    JsonObject codex = new JsonObject();
    codex.addProperty("title", "Demo");
    codex.addProperty("approvals", true);
    JsonObject options = new JsonObject();
    options.add("codex", codex);

    JsonObject params = new JsonObject();
    params.addProperty("processId", ProcessHandle.current().pid());
    params.add("clientInfo", clientInfo);
    params.add("capabilities", capabilities);
    params.add("workspaceFolders", folders);
    params.add("initializationOptions", options);
    return params;
  }

  private static JsonObject object(JsonElement result) {
    return result instanceof JsonObject object ? object : new JsonObject();
  }
}
