package dev.codexlsp.server.handler;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.codexlsp.core.session.OpenedThread;
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

/// `workspace/executeCommand`: the agent for clients that know nothing of us. Handlers run on the
/// reader thread; the fields are also read and written when an owner answers.
public final class CommandHandlers {
  private final AgentSource agents;
  private final HandOff handOff;

  /// The workspace's thread, once somebody has asked; confined to the reader thread.
  private @Nullable CompletableFuture<ThreadId> workspaceThread;

  private volatile @Nullable LastTurn lastTurn;

  private record LastTurn(ThreadId thread, TurnId turn) {}

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

  private static String prompt(@Nullable JsonArray arguments) {
    if (arguments == null
        || arguments.isEmpty()
        || !(arguments.get(0) instanceof JsonPrimitive prompt)
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
    handOff.post(() ->
        workspaceThread(session, cwd)
            .thenAccept(thread -> startTurn(thread, prompt, answer))
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
            new ThreadOverrides(null, cwd, null, null, null, null),
            session.identity(),
            session.messaged(),
            new FutureReply<OpenedThread, ThreadId>(opening, opened -> opened.thread().id()));
    return opening;
  }

  private void startTurn(ThreadId thread, String prompt, CompletableFuture<JsonElement> answer) {
    agents
        .codex()
        .threads()
        .startTurn(
            thread,
            List.of(new UserInput.Text(prompt)),
            null,
            ThreadOverrides.NONE,
            new FutureReply<Turn, JsonElement>(answer, turn -> started(thread, turn.id())));
  }

  private JsonElement started(ThreadId thread, TurnId turn) {
    lastTurn = new LastTurn(thread, turn);
    JsonObject result = new JsonObject();
    result.addProperty("threadId", thread.value());
    result.addProperty("turnId", turn.value());
    return result;
  }

  private CompletableFuture<JsonElement> interrupt() {
    LastTurn last = lastTurn;
    if (last == null) {
      throw new CodexException("no active turn to interrupt");
    }
    CompletableFuture<JsonElement> answer = new CompletableFuture<>();
    handOff.post(() ->
        agents
            .codex()
            .threads()
            .interruptTurn(
                last.thread(),
                last.turn(),
                new FutureReply<TurnId, JsonElement>(answer, _ -> JsonNull.INSTANCE)));
    return answer;
  }
}
