package dev.codexlsp.server.lsp;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.codexlsp.server.protocol.PlainJson;
import dev.codexlsp.server.rpc.ClientEndpoint;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// What the editor has configured under `codex`: by `initializationOptions`, by what it tells when
/// its settings change, or, where it wants to be asked, by its answer to `workspace/configuration`.
///
/// Told on the reader thread, asked by any other.
public final class EditorSettings implements Supplier<Map<String, Object>> {
  private static final Logger LOG = Logger.getLogger(EditorSettings.class.getName());
  private static final String SECTION = "codex";

  /// How long somebody who needs the configuration waits for an editor that has been asked.
  private static final long PATIENCE_MS = 1_000;

  private final ClientEndpoint client;

  private volatile JsonObject options = new JsonObject();
  private volatile JsonObject settings = new JsonObject();
  private volatile CountDownLatch asked = new CountDownLatch(0);
  private volatile boolean wantsToBeAsked;
  private volatile boolean wantsRegistration;

  public EditorSettings(ClientEndpoint client) {
    this.client = client;
  }

  /// Takes what it needs from the params of `initialize`, and converts nothing yet.
  public void initialize(JsonElement params) {
    JsonObject workspace = object(object(params, "capabilities"), "workspace");
    wantsToBeAsked = isTrue(workspace.get("configuration"));
    wantsRegistration =
        isTrue(object(workspace, "didChangeConfiguration").get("dynamicRegistration"));
    options = object(object(params, "initializationOptions"), SECTION);
  }

  /// From here on the editor may be asked.
  public void initialized() {
    if (wantsRegistration) {
      JsonObject registration = new JsonObject();
      registration.addProperty("id", "codex-configuration");
      registration.addProperty("method", "workspace/didChangeConfiguration");
      JsonObject section = new JsonObject();
      section.addProperty("section", SECTION);
      registration.add("registerOptions", section);
      JsonArray registrations = new JsonArray();
      registrations.add(registration);
      JsonObject params = new JsonObject();
      params.add("registrations", registrations);
      client.send("client/registerCapability", params);
    }
    if (wantsToBeAsked) {
      ask();
    }
  }

  /// `workspace/didChangeConfiguration`. An editor that wants to be asked may tell nothing by it.
  public void changed(JsonElement params) {
    JsonElement told = params instanceof JsonObject object ? object.get("settings") : null;
    if (told instanceof JsonObject all && all.get(SECTION) instanceof JsonObject ours) {
      settings = ours;
    } else if (wantsToBeAsked) {
      ask();
    } else if (told instanceof JsonObject) {
      settings = new JsonObject();
    }
  }

  private void ask() {
    CountDownLatch answered = new CountDownLatch(1);
    asked = answered;
    JsonObject item = new JsonObject();
    item.addProperty("section", SECTION);
    JsonArray items = new JsonArray();
    items.add(item);
    JsonObject params = new JsonObject();
    params.add("items", items);
    client
        .send("workspace/configuration", params)
        .onAnswer(
            answer -> {
              if (answer instanceof JsonArray sections && !sections.isEmpty()) {
                settings = sections.get(0) instanceof JsonObject ours ? ours : new JsonObject();
              }
              answered.countDown();
            },
            failure -> {
              LOG.log(Level.FINE, "no settings", failure);
              answered.countDown();
            });
  }

  @Override
  public Map<String, Object> get() {
    try {
      if (!asked.await(PATIENCE_MS, TimeUnit.MILLISECONDS)) {
        LOG.log(Level.INFO, "the editor does not tell its settings");
        asked.countDown();
      }
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
    Map<String, Object> all = new LinkedHashMap<>();
    put(options, all);
    put(settings, all);
    return all;
  }

  /// What is null is not set.
  private static void put(JsonObject from, Map<String, Object> to) {
    from.entrySet()
        .forEach(entry -> {
          @Nullable Object plain = PlainJson.of(entry.getValue());
          if (plain != null) {
            to.put(entry.getKey(), plain);
          }
        });
  }

  private static boolean isTrue(@Nullable JsonElement flag) {
    return flag instanceof JsonPrimitive value && value.isBoolean() && value.getAsBoolean();
  }

  private static JsonObject object(@Nullable JsonElement parent, String member) {
    JsonElement found =
        parent instanceof JsonObject object ? object.get(member) : JsonNull.INSTANCE;
    return found instanceof JsonObject object ? object : new JsonObject();
  }
}
