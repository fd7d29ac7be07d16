package dev.codexlsp.core.model;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.thread.TurnId;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Requests for tests, and small changes to them.
final class ModelRequests {
  static final String SECRET = "sk-very-secret-0123456789";
  static final ThreadId THREAD = new ThreadId("01a1fc40-7349-7731-9626-01facaa2ae8c");
  static final TurnId TURN = new TurnId("01a1fc40-7397-7af2-abca-13e0bb43cd04");

  static final ModelRequest.Caller CALLER =
      new ModelRequest.Caller("codex_lsp", "codex_lsp/0.1.0", THREAD, TURN);

  private ModelRequests() {}

  /// A request that is patient and that tries everything once.
  static ModelRequest to(URI baseUrl) {
    return with(provider(baseUrl, 0, Duration.ofSeconds(30)));
  }

  static ModelProvider provider(URI baseUrl, int requestMaxRetries, Duration streamIdleTimeout) {
    return new ModelProvider(
        "mock", "Mock", baseUrl, "MOCK_KEY", Map.of(), requestMaxRetries, 0, streamIdleTimeout);
  }

  static ModelProvider withHeaders(ModelProvider provider, Map<String, String> headers) {
    return new ModelProvider(
        provider.id(),
        provider.name(),
        provider.baseUrl(),
        provider.envKey(),
        headers,
        provider.requestMaxRetries(),
        provider.streamMaxRetries(),
        provider.streamIdleTimeout());
  }

  static ModelRequest with(ModelProvider provider) {
    return new ModelRequest(
        provider,
        new Credential(SECRET),
        CALLER,
        ModelInfo.of("gpt-5.5"),
        ModelRequest.Manner.ofEffort("medium"),
        List.of(
            ResponseItem.message("developer", "Be <kind> & \"short\"."),
            ResponseItem.message("user", "héllo €")),
        List.of(json("{'type':'function','name':'exec_command'}")),
        ModelRequest.Occasion.ofWhole(CALLER.threadId()));
  }

  /// The same request for a model that nobody has described, without credential, tools or effort.
  static ModelRequest plain(ModelProvider provider) {
    return new ModelRequest(
        provider,
        null,
        CALLER,
        ModelInfo.of("llama"),
        ModelRequest.Manner.ofEffort(null),
        List.of(ResponseItem.message("user", "hi")),
        List.of(),
        ModelRequest.Occasion.ofWhole(CALLER.threadId()));
  }

  /// JSON with single quotes, which read better in Java.
  static JsonObject json(String text) {
    return JsonParser.parseString(text.replace('\'', '"')).getAsJsonObject();
  }
}
