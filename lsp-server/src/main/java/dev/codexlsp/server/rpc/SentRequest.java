package dev.codexlsp.server.rpc;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.lsp4j.jsonrpc.JsonRpcRequestFuture;
import org.jspecify.annotations.Nullable;

/// A request on its way to the client. Any thread may use it.
public final class SentRequest {
  private static final Logger LOG = Logger.getLogger(SentRequest.class.getName());

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
  CompletableFuture<JsonElement> answer() {
    return root.thenApply(JsonElement.class::cast);
  }

  /// Calls exactly one of the two when the client has answered, on the reader thread; never when it does not answer.
  public void onAnswer(Consumer<JsonElement> result, Consumer<Throwable> failure) {
    CompletableFuture<@Nullable Void> heard =
        root.handle(
            (answer, error) -> {
              if (error == null) {
                result.accept(answer instanceof JsonElement json ? json : JsonNull.INSTANCE);
              } else {
                failure.accept(error instanceof CompletionException ? error.getCause() : error);
              }
              return null;
            });
    heard.exceptionally(
        bug -> {
          LOG.log(Level.SEVERE, "the answer to request " + id + " could not be handled", bug);
          return null;
        });
  }

  /// Tells the client that the answer is of no use any more. An answered request stays answered.
  public void withdraw() {
    root.cancel(true);
  }
}
