package dev.codexlsp.server.lsp;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.codexlsp.server.protocol.Methods;
import dev.codexlsp.server.rpc.Connection;
import dev.codexlsp.server.rpc.Refusal;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// `initialize` to `exit`. Confined to the reader thread.
///
/// `initialize` reads no file, no configuration and no credential: an editor waits for it, and what
/// is wrong with any of those is told to the first turn, which needs them.
public final class LifecycleHandlers {
  private static final int PROTOCOL_VERSION = 1;
  private static final List<String> COMMANDS = List.of("codex.ask", "codex.interrupt");

  private final ServerFacts facts;
  private final Gson gson;
  private final Connection connection;
  private final Lifecycle lifecycle;
  private final ParentWatch parentWatch;
  private @Nullable ClientProfile client;

  public LifecycleHandlers(
      ServerFacts facts,
      Gson gson,
      Connection connection,
      Lifecycle lifecycle,
      ParentWatch parentWatch) {
    this.facts = facts;
    this.gson = gson;
    this.connection = connection;
    this.lifecycle = lifecycle;
    this.parentWatch = parentWatch;
  }

  /// What the client said in `initialize`, for handlers of requests that can only come later.
  public ClientProfile client() {
    if (client == null) {
      throw Refusal.notInitialized();
    }
    return client;
  }

  public CompletableFuture<JsonElement> initialize(JsonElement params) {
    ClientProfile profile = new InitializeParams(params).profile(gson);
    client = profile;
    lifecycle.initialized();
    Long parent = profile.processId();
    if (parent != null) {
      connection.handOff().post(() -> parentWatch.start(parent));
    }
    return CompletableFuture.completedFuture(result(profile));
  }

  public void initialized(JsonElement params) {
    connection.openRequests();
  }

  public CompletableFuture<JsonElement> shutdown(JsonElement params) {
    lifecycle.shutDown();
    return CompletableFuture.completedFuture(JsonNull.INSTANCE);
  }

  public void exit(JsonElement params) {
    connection.stop();
  }

  private JsonObject result(ClientProfile profile) {
    JsonObject result = new JsonObject();
    result.add("capabilities", capabilities(profile));
    JsonObject serverInfo = new JsonObject();
    serverInfo.addProperty("name", "codex-lsp");
    serverInfo.addProperty("version", facts.version());
    result.add("serverInfo", serverInfo);
    return result;
  }

  private JsonObject capabilities(ClientProfile profile) {
    JsonObject folders = new JsonObject();
    folders.addProperty("supported", true);
    JsonObject workspace = new JsonObject();
    workspace.add("workspaceFolders", folders);
    JsonObject executeCommand = new JsonObject();
    executeCommand.add("commands", strings(COMMANDS));
    JsonObject experimental = new JsonObject();
    experimental.add("codex", codex(profile));

    JsonObject capabilities = new JsonObject();
    // We follow no documents yet.
    capabilities.addProperty("textDocumentSync", 0);
    capabilities.add("executeCommandProvider", executeCommand);
    capabilities.add("workspace", workspace);
    capabilities.add("experimental", experimental);
    return capabilities;
  }

  private JsonObject codex(ClientProfile profile) {
    JsonObject codex = new JsonObject();
    codex.addProperty("protocolVersion", PROTOCOL_VERSION);
    codex.addProperty("userAgent", facts.userAgent(profile));
    codex.addProperty("codexHome", facts.codexHome().toString());
    codex.addProperty("platformFamily", facts.platformFamily());
    codex.addProperty("platformOs", facts.platformOs());
    codex.add(
        "methods",
        strings(
            Methods.CLIENT_REQUESTS.stream().map(row -> Methods.LSP_PREFIX + row.name()).toList()));
    return codex;
  }

  private static JsonArray strings(List<String> values) {
    JsonArray array = new JsonArray(values.size());
    values.forEach(array::add);
    return array;
  }
}
