package dev.codexlsp.server.rpc;

import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.eclipse.lsp4j.jsonrpc.Endpoint;

/// Handlers that note what arrives and answer by one function.
final class FakeHandlers implements Endpoint {
  final List<String> notifications = new ArrayList<>();
  Function<String, CompletableFuture<?>> answer = CompletableFuture::completedFuture;

  @Override
  public CompletableFuture<?> request(String method, Object params) {
    return answer.apply(method);
  }

  @Override
  public void notify(String method, Object params) {
    notifications.add(method + " " + (JsonElement) params);
  }
}
