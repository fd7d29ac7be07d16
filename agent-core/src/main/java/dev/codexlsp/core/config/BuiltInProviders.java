package dev.codexlsp.core.config;

import dev.codexlsp.core.model.ModelProvider;
import dev.codexlsp.core.model.WireApi;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The providers that need no configuration. Their ids are reserved: a file that describes one of
/// them again would send its users somewhere else than they think.
final class BuiltInProviders {
  static final String DEFAULT_ID = "openai";

  /// Chat completions rather than responses: every version of these servers speaks them.
  private static final Map<String, Integer> LOCAL_PORTS = Map.of("ollama", 11434, "lmstudio", 1234);

  private static final String BASE_URL_VARIABLE = "CODEX_OSS_BASE_URL";
  private static final String PORT_VARIABLE = "CODEX_OSS_PORT";

  static final Map<String, ModelProvider> BY_ID =
      Map.of(
          DEFAULT_ID,
          provider(
              DEFAULT_ID,
              "OpenAI",
              ModelProvider.Endpoint.responses(URI.create("https://api.openai.com/v1")),
              new ModelProvider.Access(null, null, null, true, Map.of())),
          "ollama",
          local("ollama", "Ollama"),
          "lmstudio",
          local("lmstudio", "LM Studio"));

  private BuiltInProviders() {}

  /// All of them.
  ///
  /// @param openai where OpenAI is; null for where it usually is
  static Map<String, ModelProvider> with(@Nullable URI openai) {
    if (openai == null) {
      return BY_ID;
    }
    Map<String, ModelProvider> providers = new HashMap<>(BY_ID);
    providers.computeIfPresent(
        DEFAULT_ID,
        (id, usual) ->
            provider(id, usual.name(), ModelProvider.Endpoint.responses(openai), usual.access()));
    return providers;
  }

  /// Null for a provider whose models depend on what its user has installed.
  static @Nullable String defaultModel(String provider) {
    return provider.equals(DEFAULT_ID) ? "gpt-5.5" : null;
  }

  /// The provider with what the environment says of it: servers on this machine need not listen
  /// where they usually do.
  ///
  /// @throws ConfigException when that is no address
  static ModelProvider in(Map<String, String> environment, ModelProvider provider)
      throws ConfigException {
    if (!LOCAL_PORTS.containsKey(provider.id())) {
      return provider;
    }
    String url = environment.getOrDefault(BASE_URL_VARIABLE, "").strip();
    String port = environment.getOrDefault(PORT_VARIABLE, "").strip();
    if (!url.isEmpty()) {
      return at(address(url), provider);
    }
    if (port.isEmpty()) {
      return provider;
    }
    if (!port.matches("[0-9]{1,5}")) {
      throw unusable(PORT_VARIABLE, "a port");
    }
    return at(local(Integer.parseInt(port)), provider);
  }

  private static URI address(String url) throws ConfigException {
    try {
      URI address = new URI(url);
      if (address.getHost() != null) {
        return address;
      }
    } catch (URISyntaxException _) {
      // Told below.
    }
    throw unusable(BASE_URL_VARIABLE, "an http or https URL");
  }

  private static ConfigException unusable(String variable, String expected) {
    return new ConfigException(
        null, null, variable, "the environment variable " + variable + " must hold " + expected);
  }

  private static ModelProvider at(URI baseUrl, ModelProvider provider) {
    return provider(
        provider.id(),
        provider.name(),
        new ModelProvider.Endpoint(baseUrl, WireApi.CHAT, Map.of(), null),
        provider.access());
  }

  private static ModelProvider local(String id, String name) {
    URI baseUrl = local(Objects.requireNonNull(LOCAL_PORTS.get(id)));
    return provider(
        id,
        name,
        new ModelProvider.Endpoint(baseUrl, WireApi.CHAT, Map.of(), null),
        ModelProvider.Access.by(null));
  }

  private static URI local(int port) {
    return URI.create("http://localhost:" + port + "/v1");
  }

  private static ModelProvider provider(
      String id, String name, ModelProvider.Endpoint endpoint, ModelProvider.Access access) {
    return new ModelProvider(
        id,
        name,
        endpoint,
        access,
        Map.of(),
        ModelProvider.DEFAULT_REQUEST_MAX_RETRIES,
        ModelProvider.DEFAULT_STREAM_MAX_RETRIES,
        ModelProvider.DEFAULT_STREAM_IDLE_TIMEOUT);
  }
}
