package dev.codexlsp.server.handler;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.codexlsp.core.session.OpenedThread;
import dev.codexlsp.core.session.ThreadRegistry;
import dev.codexlsp.core.thread.CodexException;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.thread.Turn;
import dev.codexlsp.core.thread.TurnId;
import dev.codexlsp.core.thread.UserInput;
import dev.codexlsp.core.turn.ThreadOverrides;
import dev.codexlsp.server.protocol.ExecuteCommandParams;
import dev.codexlsp.server.rpc.HandOff;
import dev.codexlsp.server.rpc.Refusal;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// `workspace/executeCommand`: the agent for clients that know nothing of us. Its state is confined
/// to the reader thread.
public final class CommandHandlers {
  private final AgentSource agents;
  private final HandOff handOff;

  /// The workspace's thread, once somebody has asked.
  private @Nullable CompletableFuture<ThreadId> workspaceThread;

  /// The turn that was asked for last and not refused. It is known when its owner has answered, so
  /// an interrupt that comes right behind a question waits for it.
  private CompletableFuture<AskedTurn> lastTurn =
      CompletableFuture.failedFuture(new CodexException("no active turn to interrupt"));

  private record AskedTurn(ThreadId thread, TurnId turn) {}

  public CommandHandlers(AgentSource agents, HandOff handOff) {
    this.agents = agents;
    this.handOff = handOff;
  }

  public CompletableFuture<JsonElement> execute(ExecuteCommandParams params) {
    return switch (params.command()) {
      case "codex.ask" -> ask(prompt(params.arguments()));
      case "codex.interrupt" -> interrupt();
      default -> throw Refusal.invalidRequest("unknown command `" + params.command() + "`");
    };
  }

  private static String prompt(@Nullable JsonElement arguments) {
    if (!(arguments instanceof JsonArray given)
        || given.isEmpty()
        || !(given.get(0) instanceof JsonPrimitive prompt)
        || !prompt.isString()
        || prompt.getAsString().isBlank()) {
      throw Refusal.invalidRequest("codex.ask: the first argument must be the prompt, a string");
    }
    return prompt.getAsString();
  }

  private CompletableFuture<JsonElement> ask(String prompt) {
    ClientSession session = agents.session();
    Path cwd = ThreadHandlers.directory(null, session.profile());
    CompletableFuture<JsonElement> answer = new CompletableFuture<>();
    CompletableFuture<AskedTurn> asked = new CompletableFuture<>();
    CompletableFuture<AskedTurn> before = lastTurn;
    lastTurn = asked.exceptionallyCompose(_ -> before);
    CompletableFuture<JsonElement> _ =
        answer.whenComplete((_, refused) -> {
          if (refused != null) {
            asked.completeExceptionally(refused);
          }
        });
    handOff.post(() ->
        workspaceThread(session, cwd)
            .thenAccept(thread -> startTurn(thread, prompt, answer, asked))
            .exceptionally(failure -> {
              answer.completeExceptionally(failure);
              return null;
            }));
    return answer;
  }

  private CompletableFuture<ThreadId> workspaceThread(ClientSession session, Path cwd) {
    CompletableFuture<ThreadId> known = workspaceThread;
    if (known != null && !known.isCompletedExceptionally()) {
      return known;
    }
    CompletableFuture<ThreadId> opening = new CompletableFuture<>();
    workspaceThread = opening;
    agents
        .codex()
        .startThread(
            new ThreadOverrides(null, null, cwd, null, null, null, null, null, null, null),
            List.of(),
            session.identity(),
            session.messaged(),
            new FutureReply<OpenedThread, ThreadId>(opening, opened -> opened.thread().id()));
    return opening;
  }

  private void startTurn(
      ThreadId thread,
      String prompt,
      CompletableFuture<JsonElement> answer,
      CompletableFuture<AskedTurn> asked) {
    agents
        .codex()
        .threads()
        .startTurn(
            thread,
            List.of(new UserInput.Text(prompt)),
            null,
            ThreadOverrides.NONE,
            new FutureReply<Turn, JsonElement>(
                answer,
                turn -> started(thread, turn.id()),
                turn -> asked.complete(new AskedTurn(thread, turn.id()))));
  }

  private static JsonElement started(ThreadId thread, TurnId turn) {
    JsonObject result = new JsonObject();
    result.addProperty("threadId", thread.value());
    result.addProperty("turnId", turn.value());
    return result;
  }

  private CompletableFuture<JsonElement> interrupt() {
    CompletableFuture<JsonElement> answer = new CompletableFuture<>();
    CompletableFuture<AskedTurn> last = lastTurn;
    ThreadRegistry threads = agents.codex().threads();
    handOff.post(() ->
        last.thenAccept(turn ->
                threads.interruptTurn(
                    turn.thread(),
                    turn.turn(),
                    new FutureReply<TurnId, JsonElement>(answer, _ -> JsonNull.INSTANCE)))
            .exceptionally(none -> {
              answer.completeExceptionally(none);
              return null;
            }));
    return answer;
  }
}
