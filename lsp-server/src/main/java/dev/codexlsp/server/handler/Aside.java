package dev.codexlsp.server.handler;

import dev.codexlsp.core.Codex;
import dev.codexlsp.server.rpc.HandOff;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// A question that no thread of the agent has to answer, but the disk: it is answered on a virtual
/// thread of its own, so that the reader can go on.
final class Aside {
  private Aside() {}

  /// @param name of the virtual thread
  /// @param question what it throws becomes the error answer
  static <R> CompletableFuture<R> answer(
      String name, HandOff handOff, Codex codex, Function<Codex, R> question) {
    CompletableFuture<R> answer = new CompletableFuture<>();
    handOff.post(() ->
        Thread.ofVirtual()
            .name(name)
            .start(() -> {
              try {
                answer.complete(question.apply(codex));
              } catch (RuntimeException | Error failure) {
                answer.completeExceptionally(failure);
              }
            }));
    return answer;
  }
}
