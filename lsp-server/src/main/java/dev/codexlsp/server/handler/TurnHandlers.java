package dev.codexlsp.server.handler;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.codexlsp.core.thread.CodexException;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.thread.Turn;
import dev.codexlsp.core.thread.TurnId;
import dev.codexlsp.core.turn.ThreadOverrides;
import dev.codexlsp.core.turn.TurnInput;
import dev.codexlsp.core.turn.TurnWork;
import dev.codexlsp.server.protocol.TurnInterruptParams;
import dev.codexlsp.server.protocol.TurnInterruptResponse;
import dev.codexlsp.server.protocol.TurnStartParams;
import dev.codexlsp.server.protocol.TurnStartResponse;
import dev.codexlsp.server.protocol.TurnSteerParams;
import dev.codexlsp.server.protocol.TurnSteerResponse;
import dev.codexlsp.server.rpc.HandOff;
import dev.codexlsp.server.rpc.Refusal;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/// `turn/*`.
public final class TurnHandlers {
  private final AgentSource agents;
  private final HandOff handOff;

  public TurnHandlers(AgentSource agents, HandOff handOff) {
    this.agents = agents;
    this.handOff = handOff;
  }

  public CompletableFuture<TurnStartResponse> start(TurnStartParams params) {
    requireId(params.threadId());
    ClientSession session = agents.session();
    JsonElement token = params.progressToken();
    if (token != null && !isToken(token)) {
      throw Refusal.invalidRequest("`progressToken` must be a string or a number");
    }
    // Refused here, or nobody would answer.
    ThreadOverrides wishes = params.overrides();
    TurnWork.Conversation work = params.work();
    CompletableFuture<TurnStartResponse> answer = new CompletableFuture<>();
    FutureReply<Turn, TurnStartResponse> reply =
        new FutureReply<>(
            answer,
            TurnStartResponse::new,
            turn -> {
              if (token != null) {
                session.progress().useToken(params.threadId(), turn.id(), token);
              }
            });
    handOff.post(() -> agents.codex().threads().startTurn(params.threadId(), work, wishes, reply));
    return answer;
  }

  public CompletableFuture<TurnSteerResponse> steer(TurnSteerParams params) {
    requireId(params.threadId());
    TurnInput message = params.message();
    CompletableFuture<TurnSteerResponse> answer = new CompletableFuture<>();
    FutureReply<TurnId, TurnSteerResponse> reply =
        new FutureReply<>(answer, TurnSteerResponse::new);
    handOff.post(() ->
        agents
            .codex()
            .threads()
            .steerTurn(params.threadId(), message, params.expectedTurnId(), reply));
    return answer;
  }

  public CompletableFuture<TurnInterruptResponse> interrupt(TurnInterruptParams params) {
    requireId(params.threadId());
    CompletableFuture<TurnInterruptResponse> answer = new CompletableFuture<>();
    FutureReply<TurnId, TurnInterruptResponse> reply =
        new FutureReply<>(answer, _ -> new TurnInterruptResponse());
    handOff.post(
        () -> agents.codex().threads().interruptTurn(params.threadId(), params.turnId(), reply));
    return answer;
  }

  private static boolean isToken(JsonElement token) {
    return token instanceof JsonPrimitive value && (value.isString() || value.isNumber());
  }

  static void requireId(ThreadId id) {
    try {
      UUID.fromString(id.value());
    } catch (IllegalArgumentException malformed) {
      throw new CodexException("invalid thread id: " + id);
    }
  }
}
