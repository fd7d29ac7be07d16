package dev.codexlsp.server.rpc;

import com.google.gson.JsonElement;
import java.util.concurrent.CompletableFuture;
import org.eclipse.lsp4j.jsonrpc.JsonRpcRequestFuture;

/// A request on its way to the client. Any thread may use it.
public final class SentRequest {
  private final long id;
  private final JsonRpcRequestFuture<Object> root;

  SentRequest(long id, JsonRpcRequestFuture<Object> root) {
    this.id = id;
    this.root = root;
  }

  /// The JSON-RPC id, which other messages may have to name.
  public long id() {
    return id;
  }

  /// The client's result; completed on the reader thread, with an exception when the client
  /// answered with an error or the request never left.
  public CompletableFuture<JsonElement> answer() {
    return root.thenApply(JsonElement.class::cast);
  }

  /// Tells the client that the answer is of no use any more. An answered request stays answered.
  public void withdraw() {
    root.cancel(true);
  }
}
