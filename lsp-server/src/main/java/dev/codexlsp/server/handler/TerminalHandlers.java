package dev.codexlsp.server.handler;

import dev.codexlsp.core.tool.Terminals;
import dev.codexlsp.server.protocol.TerminalsCleanParams;
import dev.codexlsp.server.protocol.TerminalsCleanResponse;
import dev.codexlsp.server.protocol.TerminalsListParams;
import dev.codexlsp.server.protocol.TerminalsListResponse;
import dev.codexlsp.server.protocol.TerminalsTerminateParams;
import dev.codexlsp.server.protocol.TerminalsTerminateResponse;
import dev.codexlsp.server.rpc.HandOff;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// `thread/backgroundTerminals/*`.
public final class TerminalHandlers {
  private final AgentSource agents;
  private final HandOff handOff;

  public TerminalHandlers(AgentSource agents, HandOff handOff) {
    this.agents = agents;
    this.handOff = handOff;
  }

  public CompletableFuture<TerminalsListResponse> list(TerminalsListParams params) {
    TurnHandlers.requireId(params.threadId());
    CompletableFuture<TerminalsListResponse> answer = new CompletableFuture<>();
    FutureReply<List<Terminals.Background>, TerminalsListResponse> reply =
        new FutureReply<>(answer, all -> TerminalsListResponse.page(all, params));
    handOff.post(() -> agents.codex().threads().listTerminals(params.threadId(), reply));
    return answer;
  }

  public CompletableFuture<TerminalsTerminateResponse> terminate(TerminalsTerminateParams params) {
    TurnHandlers.requireId(params.threadId());
    CompletableFuture<TerminalsTerminateResponse> answer = new CompletableFuture<>();
    FutureReply<Boolean, TerminalsTerminateResponse> reply =
        new FutureReply<>(answer, TerminalsTerminateResponse::new);
    handOff.post(() ->
        agents.codex().threads().terminateTerminal(params.threadId(), params.processId(), reply));
    return answer;
  }

  public CompletableFuture<TerminalsCleanResponse> clean(TerminalsCleanParams params) {
    TurnHandlers.requireId(params.threadId());
    CompletableFuture<TerminalsCleanResponse> answer = new CompletableFuture<>();
    FutureReply<List<Terminals.Background>, TerminalsCleanResponse> reply =
        new FutureReply<>(answer, _ -> new TerminalsCleanResponse());
    handOff.post(() -> agents.codex().threads().cleanTerminals(params.threadId(), reply));
    return answer;
  }
}
