package dev.codexlsp.core.config;

import dev.codexlsp.core.model.Credential;
import dev.codexlsp.core.model.ModelProvider;
import dev.codexlsp.core.model.WireApi;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads one table under `model_providers`.
final class ProviderReader {
  /// More is the same as this much, as in the original.
  private static final long MAX_RETRIES = 100;

  private static final long MAX_IDLE_TIMEOUT_MS = Duration.ofDays(1).toMillis();
  private static final Pattern VARIABLE_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern HEADER_VALUE = Pattern.compile("[\\t\\x20-\\x7E\\x80-\\xFF]*");

  /// The HTTP client writes these itself and refuses them from anybody else.
  private static final Set<String> RESERVED_HEADERS =
      Set.of("connection", "content-length", "expect", "host", "upgrade");

  private ProviderReader() {}

  static ModelProvider read(String id, ConfigTable table) throws ConfigException {
    return new ModelProvider(
        id,
        table.string("name", id),
        endpoint(table),
        access(table),
        headers(table, "http_headers"),
        retries(table, "request_max_retries", ModelProvider.DEFAULT_REQUEST_MAX_RETRIES),
        retries(table, "stream_max_retries", ModelProvider.DEFAULT_STREAM_MAX_RETRIES),
        idleTimeout(table));
  }

  private static ModelProvider.Endpoint endpoint(ConfigTable table) throws ConfigException {
    return new ModelProvider.Endpoint(
        baseUrl(table),
        table.word("wire_api", WireApi.values(), WireApi.RESPONSES),
        table.stringMap("query_params"),
        caFile(table));
  }

  private static ModelProvider.Access access(ConfigTable table) throws ConfigException {
    return new ModelProvider.Access(
        envKey(table),
        table.optionalString("env_key_instructions", null),
        bearerToken(table),
        table.flag("requires_openai_auth"),
        envHeaders(table));
  }

  private static @Nullable Path caFile(ConfigTable table) throws ConfigException {
    String text = table.optionalString("ca_file", null);
    if (text == null) {
      return null;
    }
    try {
      Path path = Path.of(text);
      if (path.isAbsolute()) {
        return path.normalize();
      }
    } catch (InvalidPathException _) {
      // Told below.
    }
    throw table.error("ca_file", "must be an absolute path");
  }

  /// Never quoted.
  private static @Nullable Credential bearerToken(ConfigTable table) throws ConfigException {
    String token = table.optionalString("experimental_bearer_token", null);
    if (token != null && !Credentials.canBeSent(token)) {
      throw table.error("experimental_bearer_token", "holds characters that cannot be sent");
    }
    return token == null ? null : new Credential(token);
  }

  /// Not quoted when it is wrong: what is no name of a variable is most likely the key itself.
  private static @Nullable String envKey(ConfigTable table) throws ConfigException {
    String name = table.optionalString("env_key", null);
    if (name != null && !VARIABLE_NAME.matcher(name).matches()) {
      throw table.error("env_key", "must be the name of an environment variable, not the key");
    }
    return name;
  }

  private static URI baseUrl(ConfigTable table) throws ConfigException {
    URI address = address(table, "base_url");
    if (address == null) {
      throw table.error("base_url", "is not set");
    }
    return address;
  }

  /// Without a trailing slash, since `/responses` and the like are appended to it; null for none.
  /// No message quotes the URL: it may hold a password.
  static @Nullable URI address(ConfigTable table, String key) throws ConfigException {
    String text = table.optionalString(key, null);
    if (text == null) {
      return null;
    }
    try {
      URI uri = new URI(text.replaceFirst("/+$", ""));
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      boolean plain = uri.getRawQuery() == null && uri.getRawFragment() == null;
      if (Set.of("http", "https").contains(scheme) && uri.getHost() != null && plain) {
        return uri;
      }
    } catch (URISyntaxException _) {
      // Told below, together with what is well formed and still wrong.
    }
    throw table.error(
        key, "must be an http or https URL with a host, without a query or a fragment");
  }

  private static Map<String, String> headers(ConfigTable table, String key) throws ConfigException {
    Map<String, String> headers = table.stringMap(key);
    for (Map.Entry<String, String> header : headers.entrySet()) {
      if (!isHeader(header.getKey()) || !HEADER_VALUE.matcher(header.getValue()).matches()) {
        throw notAHeader(table, key, header.getKey());
      }
    }
    return headers;
  }

  private static Map<String, String> envHeaders(ConfigTable table) throws ConfigException {
    Map<String, String> headers = table.stringMap("env_http_headers");
    for (Map.Entry<String, String> header : headers.entrySet()) {
      if (!isHeader(header.getKey())) {
        throw notAHeader(table, "env_http_headers", header.getKey());
      }
      if (!VARIABLE_NAME.matcher(header.getValue()).matches()) {
        throw table.error(
            "env_http_headers",
            "must give %s the name of an environment variable, not the value"
                .formatted(ConfigTable.quoted(header.getKey())));
      }
    }
    return headers;
  }

  private static boolean isHeader(String name) {
    return HEADER_NAME.matcher(name).matches()
        && !RESERVED_HEADERS.contains(name.toLowerCase(Locale.ROOT));
  }

  private static ConfigException notAHeader(ConfigTable table, String key, String name) {
    return table.error(
        key, "holds %s, which cannot be sent as a header".formatted(ConfigTable.quoted(name)));
  }

  private static int retries(ConfigTable table, String key, int absent) throws ConfigException {
    return (int) Math.min(MAX_RETRIES, table.integer(key, 0, Long.MAX_VALUE, absent));
  }

  private static Duration idleTimeout(ConfigTable table) throws ConfigException {
    long absent = ModelProvider.DEFAULT_STREAM_IDLE_TIMEOUT.toMillis();
    long configured = table.integer("stream_idle_timeout_ms", 1, Long.MAX_VALUE, absent);
    return Duration.ofMillis(Math.min(MAX_IDLE_TIMEOUT_MS, configured));
  }
}
