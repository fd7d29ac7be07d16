package dev.codexlsp.core.model;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where a model is served, and how patiently we talk to it.
///
/// @param id the key under `model_providers`, or the name of a built-in one
/// @param baseUrl what `/responses` is appended to
/// @param envKey the environment variable that holds the credential; null for a provider that wants
///   none
/// @param httpHeaders sent with every request, verbatim
/// @param requestMaxRetries further tries of one HTTP request (5xx, transport)
/// @param streamMaxRetries further tries of one whole sampling step
/// @param streamIdleTimeout how long a stream may stay silent
public record ModelProvider(
    String id,
    String name,
    URI baseUrl,
    @Nullable String envKey,
    Map<String, String> httpHeaders,
    int requestMaxRetries,
    int streamMaxRetries,
    Duration streamIdleTimeout) {
  public static final int DEFAULT_REQUEST_MAX_RETRIES = 4;
  public static final int DEFAULT_STREAM_MAX_RETRIES = 5;
  public static final Duration DEFAULT_STREAM_IDLE_TIMEOUT = Duration.ofMinutes(5);

  public ModelProvider {
    httpHeaders = Map.copyOf(httpHeaders);
  }
}
