package dev.codexlsp.server.handler;

import dev.codexlsp.core.Codex;
import dev.codexlsp.core.config.Config;
import dev.codexlsp.core.config.ConfigException;
import dev.codexlsp.core.config.Credentials;
import dev.codexlsp.core.model.ModelProvider;
import dev.codexlsp.server.protocol.ModelProviderListParams;
import dev.codexlsp.server.protocol.ModelProviderListResponse;
import dev.codexlsp.server.rpc.HandOff;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// `modelProvider/*`.
public final class ModelProviderHandlers {
  private final AgentSource agents;
  private final HandOff handOff;

  public ModelProviderHandlers(AgentSource agents, HandOff handOff) {
    this.agents = agents;
    this.handOff = handOff;
  }

  /// The one that needs the login first, then by id.
  public CompletableFuture<ModelProviderListResponse> list(ModelProviderListParams params) {
    Codex codex = agents.codex();
    return Aside.answer("providers", handOff, () -> list(codex.config(), codex.variables()));
  }

  private static ModelProviderListResponse list(Config config, Map<String, String> variables)
      throws ConfigException {
    List<ModelProvider> providers = new ArrayList<>();
    for (ModelProvider provider : config.providers().values()) {
      providers.add(Credentials.equipped(provider, variables));
    }
    Comparator<ModelProvider> loginFirst =
        Comparator.comparing(provider -> !provider.access().requiresOpenaiAuth());
    providers.sort(loginFirst.thenComparing(ModelProvider::id));
    return new ModelProviderListResponse(
        providers.stream().map(ModelProviderListResponse::summary).toList(),
        config.modelProvider(),
        true);
  }
}
