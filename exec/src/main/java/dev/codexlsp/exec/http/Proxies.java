package dev.codexlsp.exec.http;

import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which proxy a request takes, by the usual variables: `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`
/// and `NO_PROXY`, in small letters or in capitals; small ones go first. What is on this machine is
/// never asked for through a proxy: it would ask itself. Immutable.
final class Proxies extends ProxySelector {
  private final Map<String, String> environment;
  private final List<String> exceptions;

  Proxies(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
    this.exceptions =
        List.of(variable("NO_PROXY").toLowerCase(Locale.ROOT).split("[,\\s]+")).stream()
            .filter(pattern -> !pattern.isEmpty())
            .toList();
  }

  /// Null for the direct way.
  @Nullable ProxyAddress of(URI uri) {
    String host = uri.getHost();
    if (host == null || isException(uri, host)) {
      return null;
    }
    boolean isSecure = "https".equalsIgnoreCase(uri.getScheme());
    for (String name : List.of(isSecure ? "HTTPS_PROXY" : "HTTP_PROXY", "ALL_PROXY")) {
      String value = variable(name);
      if (!value.isEmpty()) {
        return ProxyAddress.parse(value, name);
      }
    }
    return null;
  }

  /// Whether some proxy wants to know who asks.
  boolean hasPassword() {
    return List.of("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY").stream()
        .anyMatch(name -> variable(name).contains("@"));
  }

  private String variable(String name) {
    String small = environment.getOrDefault(name.toLowerCase(Locale.ROOT), "").strip();
    return small.isEmpty() ? environment.getOrDefault(name, "").strip() : small;
  }

  private boolean isException(URI uri, String host) {
    String name = host.toLowerCase(Locale.ROOT).replaceAll("^\\[|]$|\\.$", "");
    if (name.equals("localhost")
        || name.endsWith(".localhost")
        || name.equals("::1")
        || name.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}")) {
      return true;
    }
    return exceptions.stream().anyMatch(pattern -> matches(pattern, name, uri.getPort()));
  }

  /// A name means itself and everything below it, with or without a dot before it; a port narrows
  /// it down.
  private static boolean matches(String pattern, String name, int port) {
    if (pattern.equals("*")) {
      return true;
    }
    String wanted = pattern.replaceFirst("^\\*?\\.", "").replaceAll("^\\[|]$", "");
    int colon = wanted.indexOf(':');
    if (colon > 0 && colon == wanted.lastIndexOf(':')) {
      if (!wanted.substring(colon + 1).equals(String.valueOf(port))) {
        return false;
      }
      wanted = wanted.substring(0, colon);
    }
    return name.equals(wanted) || name.endsWith("." + wanted);
  }

  @Override
  public List<Proxy> select(URI uri) {
    ProxyAddress proxy = of(uri);
    return List.of(
        proxy == null
            ? Proxy.NO_PROXY
            : new Proxy(Proxy.Type.HTTP, new InetSocketAddress(proxy.host(), proxy.port())));
  }

  /// Whoever asked is told.
  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {}

  /// Tells proxies, and nobody else, who asks.
  Authenticator authenticator() {
    return new Authenticator() {
      @Override
      protected @Nullable PasswordAuthentication getPasswordAuthentication() {
        ProxyAddress proxy =
            getRequestorType() == RequestorType.PROXY
                ? of(URI.create(getRequestingURL().toString()))
                : null;
        return proxy == null || proxy.user() == null || proxy.password() == null
            ? null
            : new PasswordAuthentication(proxy.user(), proxy.password().toCharArray());
      }
    };
  }
}
