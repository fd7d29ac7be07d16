package dev.codexlsp.exec.http;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.Executor;

/// Builds every HTTP client of the product.
public final class HttpClients {
  private HttpClients() {}

  /// A client that gives up connecting after the time given. Redirects are not followed: a
  /// credential must not travel to a host that nobody configured.
  ///
  /// @param executor where the client runs its callbacks
  public static HttpClient create(Duration connectTimeout, Executor executor) {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(connectTimeout)
        .followRedirects(HttpClient.Redirect.NEVER)
        .sslContext(new LazyTrust().context())
        .executor(executor)
        .build();
  }
}
