package dev.codexlsp.exec.server;

import dev.codexlsp.exec.protocol.HttpRequest.Header;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is asked of a web server, and what is asked instead when it redirects. Pure.
///
/// @param headers with the values of variables put in
record WebRequest(String method, URI uri, List<Field> headers, @Nullable ByteBuffer body) {
  private static final Set<String> CREDENTIALS =
      Set.of("authorization", "cookie", "proxy-authorization", "www-authenticate");

  private static final Set<Integer> TO_GET = Set.of(301, 302, 303);
  private static final Set<Integer> UNCHANGED = Set.of(307, 308);

  /// One header.
  ///
  /// @param secret whether it stays with the host that it was meant for
  record Field(String name, String value, boolean secret) {}

  /// @param environment of this process
  static WebRequest of(
      dev.codexlsp.exec.protocol.HttpRequest params, Map<String, String> environment)
      throws Refused {
    List<Field> headers = new ArrayList<>();
    for (Header header : params.headers() == null ? List.<Header>of() : params.headers()) {
      headers.add(field(header, environment));
    }
    if (headers.stream().noneMatch(field -> field.name().equalsIgnoreCase("accept"))) {
      headers.add(new Field("Accept", "*/*", false));
    }
    return new WebRequest(params.method(), uri(params.url()), headers, params.bodyBase64());
  }

  private static Field field(Header header, Map<String, String> environment) throws Refused {
    @Nullable String variable = header.valueEnvVar();
    boolean secret =
        variable != null || CREDENTIALS.contains(header.name().toLowerCase(Locale.ROOT));
    if (variable == null) {
      return new Field(header.name(), header.value(), secret);
    }
    @Nullable String value = environment.get(variable);
    if (value == null) {
      throw Refused.invalidParams(
          "http/request header "
              + header.name()
              + " requires executor environment variable "
              + variable);
    }
    return new Field(header.name(), header.value() + value, secret);
  }

  private static URI uri(String url) throws Refused {
    try {
      URI uri = URI.create(url);
      if (uri.getScheme() == null) {
        throw Refused.invalidParams("http/request url is invalid: relative URL without a base");
      }
      if (!isWeb(uri)) {
        throw Refused.invalidParams(
            "http/request only supports http and https URLs, got " + uri.getScheme());
      }
      return uri;
    } catch (IllegalArgumentException malformed) {
      throw Refused.invalidParams("http/request url is invalid: " + malformed.getMessage());
    }
  }

  private static boolean isWeb(URI uri) {
    return "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
  }

  /// For the JDK's client.
  ///
  /// @param timeout until the headers of the response; null for none
  HttpRequest toJdk(@Nullable Duration timeout) throws Refused {
    try {
      BodyPublisher content =
          body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(bytes(body));
      HttpRequest.Builder builder = HttpRequest.newBuilder(uri).method(method, content);
      headers.forEach(field -> builder.header(field.name(), field.value()));
      if (timeout != null) {
        builder.timeout(timeout);
      }
      return builder.build();
    } catch (IllegalArgumentException malformed) {
      throw Refused.invalidParams("http/request is invalid: " + malformed.getMessage());
    }
  }

  private static byte[] bytes(ByteBuffer body) {
    byte[] bytes = new byte[body.remaining()];
    body.duplicate().get(bytes);
    return bytes;
  }

  /// What to ask next; null when the response is the one that was wanted.
  ///
  /// @param location null when the response has none
  @Nullable WebRequest redirected(int status, @Nullable String location) {
    if (location == null || !(TO_GET.contains(status) || UNCHANGED.contains(status))) {
      return null;
    }
    URI next;
    try {
      next = uri.resolve(location);
    } catch (IllegalArgumentException malformed) {
      return null;
    }
    if (!isWeb(next)) {
      return null;
    }
    boolean toGet = TO_GET.contains(status) && !method.equals("GET") && !method.equals("HEAD");
    List<Field> kept =
        headers.stream().filter(field -> isSameOrigin(next) || !field.secret()).toList();
    return new WebRequest(toGet ? "GET" : method, next, kept, toGet ? null : body);
  }

  private boolean isSameOrigin(URI other) {
    return uri.getScheme().equalsIgnoreCase(other.getScheme())
        && String.valueOf(uri.getAuthority()).equalsIgnoreCase(other.getAuthority());
  }
}
