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

  /// What the JDK's client says by itself.
  private static final Set<String> OWN =
      Set.of("connection", "content-length", "expect", "upgrade");

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
      if (!OWN.contains(header.name().toLowerCase(Locale.ROOT))) {
        headers.add(field(header, environment));
      }
    }
    WebAddress address = WebAddress.of(params.url());
    if (lacks("authorization", headers) && address.credentials() != null) {
      headers.add(new Field("Authorization", address.credentials(), true));
    }
    if (lacks("accept", headers)) {
      headers.add(new Field("Accept", "*/*", false));
    }
    return new WebRequest(params.method(), address.uri(), headers, params.bodyBase64());
  }

  private static boolean lacks(String name, List<Field> headers) {
    return headers.stream().noneMatch(field -> field.name().equalsIgnoreCase(name));
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

  /// For the JDK's client.
  ///
  /// @param timeout until the headers of the response; null for none
  HttpRequest toJdk(@Nullable Duration timeout) throws Refused {
    try {
      BodyPublisher content =
          body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(bytes(body));
      HttpRequest.Builder builder = HttpRequest.newBuilder(uri).method(method, content);
      for (Field field : headers) {
        add(field, builder);
      }
      if (timeout != null) {
        builder.timeout(timeout);
      }
      return builder.build();
    } catch (IllegalArgumentException malformed) {
      throw Refused.invalidParams("http/request is invalid: " + malformed.getMessage());
    }
  }

  /// What is wrong is told without the value: it may be a secret of this machine.
  private static void add(Field field, HttpRequest.Builder builder) throws Refused {
    try {
      builder.header(field.name(), field.value());
    } catch (IllegalArgumentException malformed) {
      throw Refused.invalidParams("http/request cannot send the header " + field.name());
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
      next = uri.resolve(WebAddress.encoded(location));
    } catch (IllegalArgumentException malformed) {
      return null;
    }
    if (!WebAddress.isWeb(next)) {
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
