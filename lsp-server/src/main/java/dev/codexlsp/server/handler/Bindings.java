package dev.codexlsp.server.handler;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.codexlsp.exec.json.WireException;
import dev.codexlsp.server.protocol.Methods;
import dev.codexlsp.server.protocol.Row.ClientRequest;
import dev.codexlsp.server.protocol.WireGson;
import dev.codexlsp.server.rpc.Refusal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Which handler answers which method. Filled once, by whoever wires the server, and only read
/// afterwards.
public final class Bindings {
  private final Map<String, Function<JsonElement, CompletableFuture<?>>> requests = new HashMap<>();
  private final Map<String, Consumer<JsonElement>> notifications = new HashMap<>();

  /// Binds a row of our own table.
  public <P, R> Bindings request(
      ClientRequest<P, R> row, Function<P, CompletableFuture<R>> handler) {
    return lspRequest(Methods.LSP_PREFIX + row.name(), row.params(), handler);
  }

  /// Binds a request that LSP defines.
  ///
  /// @param params a record, or [JsonElement] for a handler that reads the tree itself
  public <P, R> Bindings lspRequest(
      String method, Class<P> params, Function<P, CompletableFuture<R>> handler) {
    bind(requests, method, json -> handler.apply(decode(json, params)));
    return this;
  }

  /// Binds a notification that LSP defines.
  public <P> Bindings lspNotification(String method, Class<P> params, Consumer<P> handler) {
    bind(notifications, method, json -> handler.accept(decode(json, params)));
    return this;
  }

  /// Fails unless every row has its handler and every handler of ours its row.
  public Bindings requireExactly(List<ClientRequest<?, ?>> rows) {
    Set<String> table = new TreeSet<>();
    for (ClientRequest<?, ?> row : rows) {
      table.add(Methods.LSP_PREFIX + row.name());
    }
    Set<String> bound = new TreeSet<>();
    for (String method : requests.keySet()) {
      if (method.startsWith(Methods.LSP_PREFIX)) {
        bound.add(method);
      }
    }
    if (!bound.equals(table)) {
      throw new IllegalStateException("bound " + bound + ", but the table has " + table);
    }
    return this;
  }

  @Nullable Function<JsonElement, CompletableFuture<?>> requestHandler(String method) {
    return requests.get(method);
  }

  @Nullable Consumer<JsonElement> notificationHandler(String method) {
    return notifications.get(method);
  }

  private static <H> void bind(Map<String, H> handlers, String method, H handler) {
    if (handlers.putIfAbsent(method, handler) != null) {
      throw new IllegalStateException("bound twice: " + method);
    }
  }

  /// Absent params mean an empty object, so that a method without required members needs none.
  private static <P> P decode(JsonElement json, Class<P> type) {
    JsonElement params = json.isJsonNull() ? new JsonObject() : json;
    if (type == JsonElement.class) {
      return type.cast(params);
    }
    try {
      return WireGson.decode(params, type);
    } catch (WireException bad) {
      throw Refusal.invalidRequest("Invalid request: " + bad.getMessage());
    }
  }
}
