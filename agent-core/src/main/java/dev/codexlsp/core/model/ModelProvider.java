package dev.codexlsp.core.model;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where a model is served, and how patiently we talk to it.
///
/// @param id the key under `model_providers`, or the name of a built-in one
/// @param httpHeaders sent with every request, verbatim
/// @param requestMaxRetries further tries of one HTTP request (5xx, transport)
/// @param streamMaxRetries further tries of one whole sampling step
/// @param streamIdleTimeout how long a stream may stay silent
public record ModelProvider(
    String id,
    String name,
    Endpoint endpoint,
    Access access,
    Map<String, String> httpHeaders,
    int requestMaxRetries,
    int streamMaxRetries,
    Duration streamIdleTimeout) {
  public static final int DEFAULT_REQUEST_MAX_RETRIES = 4;
  public static final int DEFAULT_STREAM_MAX_RETRIES = 5;
  public static final Duration DEFAULT_STREAM_IDLE_TIMEOUT = Duration.ofMinutes(5);

  /// The address.
  ///
  /// @param baseUrl what `/responses` or `/chat/completions` is appended to
  /// @param queryParams what follows that, decoded
  /// @param caFile the authorities that vouch for the server, instead of those that vouch for
  ///   everybody; null for those
  public record Endpoint(
      URI baseUrl, WireApi wireApi, Map<String, String> queryParams, @Nullable Path caFile) {
    public Endpoint {
      queryParams = Map.copyOf(queryParams);
    }

    /// One that speaks the Responses API and needs nothing special.
    public static Endpoint responses(URI baseUrl) {
      return new Endpoint(baseUrl, WireApi.RESPONSES, Map.of(), null);
    }
  }

  /// How we are known there. The first of the ways that is described counts.
  ///
  /// @param envKey the environment variable that holds the credential
  /// @param envKeyInstructions what a user who has not set it should do; null for nothing special
  /// @param bearerToken the credential itself, for those who write it into their configuration
  /// @param requiresOpenaiAuth whether the login with OpenAI is used
  /// @param envHttpHeaders headers by the variables that hold their values; one that is not set is
  ///   not sent
  public record Access(
      @Nullable String envKey,
      @Nullable String envKeyInstructions,
      @Nullable Credential bearerToken,
      boolean requiresOpenaiAuth,
      Map<String, String> envHttpHeaders) {
    public Access {
      envHttpHeaders = Map.copyOf(envHttpHeaders);
    }

    /// By the variable that holds the credential; null for nobody in particular.
    public static Access by(@Nullable String envKey) {
      return new Access(envKey, null, null, false, Map.of());
    }
  }

  public ModelProvider {
    httpHeaders = Map.copyOf(httpHeaders);
  }

  /// One that speaks the Responses API and has no other ways than a variable to know us.
  public ModelProvider(
      String id,
      String name,
      URI baseUrl,
      @Nullable String envKey,
      Map<String, String> httpHeaders,
      int requestMaxRetries,
      int streamMaxRetries,
      Duration streamIdleTimeout) {
    this(
        id,
        name,
        Endpoint.responses(baseUrl),
        Access.by(envKey),
        httpHeaders,
        requestMaxRetries,
        streamMaxRetries,
        streamIdleTimeout);
  }

  public URI baseUrl() {
    return endpoint.baseUrl();
  }

  public @Nullable String envKey() {
    return access.envKey();
  }

  /// The same with other headers.
  public ModelProvider withHeaders(Map<String, String> headers) {
    return new ModelProvider(
        id,
        name,
        endpoint,
        access,
        headers,
        requestMaxRetries,
        streamMaxRetries,
        streamIdleTimeout);
  }
}
