package dev.codexlsp.exec.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A proxy, as a variable names it.
///
/// @param user null when the proxy asks for nobody
/// @param variable which said so, for messages
record ProxyAddress(
    String host, int port, @Nullable String user, @Nullable String password, String variable) {
  private static final int DEFAULT_PORT = 80;
  private static final int MAX_PORT = 65_535;

  /// @throws UnusableProxyException when the text is no address of a proxy that we can talk to; no
  ///   message quotes it, because it may hold a password
  static ProxyAddress parse(String text, String variable) {
    URI uri;
    try {
      uri = new URI(text.contains("://") ? text : "http://" + text);
    } catch (URISyntaxException _) {
      throw new UnusableProxyException(variable + " holds no address of a proxy");
    }
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http")) {
      throw new UnusableProxyException(
          variable + " names a proxy by " + scheme + "://, and only http:// is known");
    }
    if (uri.getHost() == null || uri.getPort() > MAX_PORT) {
      throw new UnusableProxyException(variable + " holds no address of a proxy");
    }
    int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
    String known = uri.getRawUserInfo();
    if (known == null) {
      return new ProxyAddress(uri.getHost(), port, null, null, variable);
    }
    int colon = known.indexOf(':');
    return new ProxyAddress(
        uri.getHost(),
        port,
        decoded(colon < 0 ? known : known.substring(0, colon)),
        colon < 0 ? "" : decoded(known.substring(colon + 1)),
        variable);
  }

  /// Only what is escaped by `%`: a plus is a plus.
  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /// Without what is secret.
  @Override
  public String toString() {
    return "http://" + host + ":" + port + " (" + variable + ")";
  }
}
