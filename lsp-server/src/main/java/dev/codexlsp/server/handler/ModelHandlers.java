package dev.codexlsp.server.handler;

import dev.codexlsp.core.Codex;
import dev.codexlsp.server.protocol.ModelListParams;
import dev.codexlsp.server.protocol.ModelListResponse;
import dev.codexlsp.server.rpc.HandOff;
import java.util.concurrent.CompletableFuture;

/// `model/*`.
public final class ModelHandlers {
  private final AgentSource agents;
  private final HandOff handOff;

  public ModelHandlers(AgentSource agents, HandOff handOff) {
    this.agents = agents;
    this.handOff = handOff;
  }

  public CompletableFuture<ModelListResponse> list(ModelListParams params) {
    Codex codex = agents.codex();
    return Aside.answer(
        "models",
        handOff,
        () ->
            ModelListResponse.page(
                codex
                    .models()
                    .choice(params.modelProvider(), Boolean.TRUE.equals(params.includeHidden())),
                params));
  }
}
