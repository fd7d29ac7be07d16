package dev.codexlsp.server.lsp;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.codexlsp.server.protocol.MethodNames;
import dev.codexlsp.server.protocol.Methods;
import dev.codexlsp.server.rpc.Connection;
import dev.codexlsp.server.rpc.Refusal;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// `initialize` to `exit`. Confined to the reader thread.
///
/// `initialize` reads no file, no configuration and no credential: an editor waits for it, and what
/// is wrong with any of those is told to the first turn, which needs them.
public final class LifecycleHandlers {
  private static final int PROTOCOL_VERSION = 1;

  private final ServerFacts facts;
  private final Connection connection;
  private final Lifecycle lifecycle;
  private final ParentWatch parentWatch;

  /// Written once, by the reader thread.
  private volatile @Nullable ClientProfile client;

  public LifecycleHandlers(
      ServerFacts facts, Connection connection, Lifecycle lifecycle, ParentWatch parentWatch) {
    this.facts = facts;
    this.connection = connection;
    this.lifecycle = lifecycle;
    this.parentWatch = parentWatch;
  }

  /// What the client said in `initialize`, for handlers of requests that can only come later.
  public ClientProfile client() {
    ClientProfile known = client;
    if (known == null) {
      throw Refusal.notInitialized();
    }
    return known;
  }

  public CompletableFuture<JsonElement> initialize(JsonElement params) {
    ClientProfile profile = new InitializeParams(params).profile();
    client = profile;
    lifecycle.initialized();
    Long parent = profile.processId();
    if (parent != null) {
      connection.handOff().post(parentWatch.over(parent));
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
    JsonArray commands = new JsonArray();
    commands.add("codex.ask");
    commands.add("codex.interrupt");
    JsonObject executeCommand = new JsonObject();
    executeCommand.add("commands", commands);
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
    JsonArray methods = new JsonArray();
    for (String name : MethodNames.CLIENT_REQUESTS) {
      methods.add(Methods.LSP_PREFIX + name);
    }
    codex.add("methods", methods);
    return codex;
  }
}
