package dev.codexlsp.server.handler;

import dev.codexlsp.core.thread.CodexException;
import dev.codexlsp.core.thread.Reply;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/// The answer to a request: completing the future writes the response on the owner's thread, before
/// anything that the owner tells afterwards. A future that the client has cancelled does not take
/// the answer.
final class FutureReply<T, R> implements Reply<T> {
  private final CompletableFuture<R> future;
  private final Function<T, R> render;
  private final Consumer<T> whenTaken;

  FutureReply(CompletableFuture<R> future, Function<T, R> render) {
    this(future, render, _ -> {});
  }

  /// @param whenTaken called on the owner's thread when the answer has left
  FutureReply(CompletableFuture<R> future, Function<T, R> render, Consumer<T> whenTaken) {
    this.future = future;
    this.render = render;
    this.whenTaken = whenTaken;
  }

  @Override
  public boolean accept(T value) {
    boolean taken = future.complete(render.apply(value));
    if (taken) {
      whenTaken.accept(value);
    }
    return taken;
  }

  @Override
  public void refuse(CodexException reason) {
    future.completeExceptionally(reason);
  }
}
