package dev.codexlsp.core.config;

import dev.codexlsp.core.model.Credential;
import dev.codexlsp.core.model.ModelProvider;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The secrets that we use ourselves: where they are, and which variables hold them.
public final class Credentials {
  private static final String OPENAI_API_KEY = "OPENAI_API_KEY";
  private static final String CODEX_API_KEY = "CODEX_API_KEY";

  private Credentials() {}

  /// The provider with what the environment adds to its description.
  public static ModelProvider equipped(ModelProvider provider, Map<String, String> environment)
      throws ConfigException {
    Map<String, String> headers = new HashMap<>(provider.httpHeaders());
    for (Map.Entry<String, String> header : provider.access().envHttpHeaders().entrySet()) {
      String value = environment.getOrDefault(header.getValue(), "").strip();
      if (!value.isEmpty()) {
        headers.put(header.getKey(), value);
      }
    }
    return BuiltInProviders.in(environment, provider.withHeaders(headers));
  }

  /// Whether HTTP lets it pass as part of a header. The HTTP client would refuse another one with a
  /// message that quotes the secret.
  public static boolean canBeSent(String secret) {
    return secret.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  /// The key for OpenAI that the environment holds; null for none.
  public static @Nullable Credential openaiKey(Map<String, String> environment) {
    for (String variable : List.of(CODEX_API_KEY, OPENAI_API_KEY)) {
      String key = environment.getOrDefault(variable, "").strip();
      if (!key.isEmpty() && canBeSent(key)) {
        return new Credential(key);
      }
    }
    return null;
  }

  /// The provider's own credential; null for a provider that has none. No message says anything
  /// about a secret but the name of its variable.
  public static @Nullable Credential resolve(
      ModelProvider provider, Map<String, String> environment) throws ConfigException {
    String variable = provider.envKey();
    if (variable == null) {
      return provider.access().bearerToken();
    }
    String secret = environment.getOrDefault(variable, "").strip();
    if (secret.isEmpty()) {
      throw unusable(provider, variable, "is not set or empty");
    }
    if (!canBeSent(secret)) {
      throw unusable(provider, variable, "holds characters that cannot be sent");
    }
    return new Credential(secret);
  }

  private static ConfigException unusable(ModelProvider provider, String variable, String problem) {
    String instructions = provider.access().envKeyInstructions();
    return new ConfigException(
        null,
        null,
        "env_key",
        "the environment variable %s, which the provider \"%s\" takes its credential from, %s%s"
            .formatted(
                variable, provider.id(), problem, instructions == null ? "" : ": " + instructions));
  }

  /// The names of all environment variables that hold a credential of ours, whether or not they are
  /// in use. No command that we start may see them.
  public static Set<String> variables(Config config) {
    Set<String> names = new HashSet<>(Set.of(OPENAI_API_KEY, CODEX_API_KEY));
    for (ModelProvider provider : config.providers().values()) {
      if (provider.envKey() != null) {
        names.add(provider.envKey());
      }
      names.addAll(provider.access().envHttpHeaders().values());
    }
    return Set.copyOf(names);
  }
}
