package dev.codexlsp.server.handler;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import dev.codexlsp.server.lsp.Lifecycle;
import dev.codexlsp.server.rpc.Refusal;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.lsp4j.jsonrpc.Endpoint;
import org.jspecify.annotations.Nullable;

/// Takes each message of the client to its handler, if it comes at a time when it may.
///
/// Called on the reader thread only. Exceptions of request handlers pass through; the endpoint
/// makes errors of them.
public final class Routes implements Endpoint {
  private static final Logger LOG = Logger.getLogger(Routes.class.getName());

  private final Bindings session;
  private final Supplier<Bindings> agentMaker;
  private final Lifecycle lifecycle;

  /// Made with the first request that is not the session's.
  private @Nullable Bindings agent;

  /// @param session what goes on between a client and a server, and every notification
  /// @param agent the requests to the agent
  public Routes(Bindings session, Supplier<Bindings> agent, Lifecycle lifecycle) {
    this.session = session;
    this.agentMaker = agent;
    this.lifecycle = lifecycle;
  }

  @Override
  public CompletableFuture<?> request(String method, @Nullable Object params) {
    lifecycle.requireRequest(method);
    Function<JsonElement, CompletableFuture<?>> handler = requestHandler(method);
    if (handler == null) {
      throw Refusal.methodNotFound(method);
    }
    return handler.apply(tree(params));
  }

  private @Nullable Function<JsonElement, CompletableFuture<?>> requestHandler(String method) {
    Function<JsonElement, CompletableFuture<?>> handler = session.requestHandler(method);
    if (handler != null) {
      return handler;
    }
    if (agent == null) {
      agent = agentMaker.get();
    }
    return agent.requestHandler(method);
  }

  /// A notification has no answer: what is wrong with it is logged, and one that we do not know is
  /// nobody's fault.
  @Override
  public void notify(String method, @Nullable Object params) {
    if (!lifecycle.allowsNotification(method)) {
      LOG.log(Level.INFO, "dropped, not the time for it: {0}", method);
      return;
    }
    Consumer<JsonElement> handler = session.notificationHandler(method);
    if (handler == null) {
      LOG.log(Level.FINE, "ignored: {0}", method);
      return;
    }
    try {
      handler.accept(tree(params));
    } catch (Refusal refusal) {
      LOG.log(Level.WARNING, method + ": " + refusal.getMessage());
    }
  }

  private static JsonElement tree(@Nullable Object params) {
    return params instanceof JsonElement json ? json : JsonNull.INSTANCE;
  }
}
