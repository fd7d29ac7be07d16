package dev.codexlsp.server.handler;

import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.server.protocol.CompactStartParams;
import dev.codexlsp.server.protocol.CompactStartResponse;
import dev.codexlsp.server.rpc.HandOff;
import java.util.concurrent.CompletableFuture;

/// `thread/compact/*`.
public final class CompactionHandlers {
  private final AgentSource agents;
  private final HandOff handOff;

  public CompactionHandlers(AgentSource agents, HandOff handOff) {
    this.agents = agents;
    this.handOff = handOff;
  }

  public CompletableFuture<CompactStartResponse> start(CompactStartParams params) {
    TurnHandlers.requireId(params.threadId());
    CompletableFuture<CompactStartResponse> answer = new CompletableFuture<>();
    FutureReply<ThreadId, CompactStartResponse> reply =
        new FutureReply<>(answer, _ -> new CompactStartResponse());
    handOff.post(() -> agents.codex().threads().startCompaction(params.threadId(), reply));
    return answer;
  }
}
