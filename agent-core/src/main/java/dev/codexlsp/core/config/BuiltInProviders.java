package dev.codexlsp.core.config;

import dev.codexlsp.core.model.ModelProvider;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The providers that need no configuration. Their ids are reserved: a file that describes one of
/// them again would send its users somewhere else than they think.
final class BuiltInProviders {
  static final String DEFAULT_ID = "openai";

  static final Map<String, ModelProvider> BY_ID =
      Map.of(
          DEFAULT_ID,
          provider(DEFAULT_ID, "OpenAI", "https://api.openai.com/v1", Credentials.OPENAI_API_KEY),
          "ollama",
          provider("ollama", "Ollama", "http://localhost:11434/v1", null));

  private BuiltInProviders() {}

  /// Null for a provider whose models depend on what its user has installed.
  static @Nullable String defaultModel(String provider) {
    return provider.equals(DEFAULT_ID) ? "gpt-5.5" : null;
  }

  private static ModelProvider provider(
      String id, String name, String baseUrl, @Nullable String envKey) {
    return new ModelProvider(
        id,
        name,
        URI.create(baseUrl),
        envKey,
        Map.of(),
        ModelProvider.DEFAULT_REQUEST_MAX_RETRIES,
        ModelProvider.DEFAULT_STREAM_MAX_RETRIES,
        ModelProvider.DEFAULT_STREAM_IDLE_TIMEOUT);
  }
}
