package dev.codexlsp.server.handler;

import dev.codexlsp.core.account.AccountException;
import dev.codexlsp.core.config.ConfigException;
import dev.codexlsp.core.thread.CodexException;
import dev.codexlsp.server.rpc.HandOff;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/// A question that no thread of the agent has to answer, but the disk or a service: it is answered
/// on a virtual thread of its own. The reader must not wait for it, since the configuration may be
/// waiting for an answer of the editor, which the reader brings.
final class Aside {
  private Aside() {}

  /// @param name of the virtual thread
  /// @param question what it throws becomes the error answer, of whatever kind it is
  static <R> CompletableFuture<R> answer(String name, HandOff handOff, Callable<R> question) {
    return answer(name, handOff, question, () -> {});
  }

  /// @param after what is told when the answer has left; the work is done, so it is told also when
  ///   nobody waits for the answer any more
  static <R> CompletableFuture<R> answer(
      String name, HandOff handOff, Callable<R> question, Runnable after) {
    CompletableFuture<R> answer = new CompletableFuture<>();
    handOff.post(() ->
        Thread.ofVirtual()
            .name(name)
            .start(() -> {
              try {
                answer.complete(question.call());
                after.run();
              } catch (AccountException | ConfigException problem) {
                answer.completeExceptionally(
                    new CodexException(String.valueOf(problem.getMessage())));
              } catch (InterruptedException interrupt) {
                Thread.currentThread().interrupt();
                answer.completeExceptionally(interrupt);
              } catch (Exception | Error failure) {
                answer.completeExceptionally(failure);
              }
            }));
    return answer;
  }
}
