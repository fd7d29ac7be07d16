package dev.codexlsp.exec.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Makes every HTTP client of the product, and keeps the ones it has made: one that trusts the
/// usual authorities, and one for each file of other ones. They go through the proxies that the
/// environment names.
///
/// Redirects are not followed: a credential must not travel to a host that nobody configured. May
/// be used by any thread.
public final class HttpClients implements AutoCloseable {
  /// The JDK refuses to send a proxy a plain password for a tunnel unless this is set to less than
  /// its default. It is read once, by the first client of the process.
  private static final String REFUSED_SCHEMES = "jdk.http.auth.tunneling.disabledSchemes";

  private final Authorities authorities;
  private final Proxies proxies;
  private final Duration connectTimeout;
  private final Executor executor;
  private final ReentrantLock lock = new ReentrantLock();

  /// By the file of authorities; null is the usual ones. As many as are configured. Guarded by the
  /// lock.
  private final Map<@Nullable Path, HttpClient> clients = new HashMap<>();

  /// @param environment of this process
  /// @param connectTimeout after which connecting is given up
  /// @param executor where clients run their callbacks
  public HttpClients(Map<String, String> environment, Duration connectTimeout, Executor executor) {
    this.authorities = Authorities.of(environment);
    this.proxies = new Proxies(environment);
    this.connectTimeout = connectTimeout;
    this.executor = executor;
  }

  /// The client that trusts the usual authorities.
  public HttpClient client() {
    return client(null);
  }

  /// The client for servers that an authority of their own vouches for.
  ///
  /// @param caFile the only authorities to trust; null for the usual ones. Read once
  public HttpClient client(@Nullable Path caFile) {
    lock.lock();
    try {
      HttpClient known = clients.get(caFile);
      if (known != null) {
        return known;
      }
      HttpClient made = make(caFile == null ? authorities : Authorities.only(caFile));
      clients.put(caFile, made);
      return made;
    } finally {
      lock.unlock();
    }
  }

  private HttpClient make(Authorities trusted) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(connectTimeout)
            .followRedirects(HttpClient.Redirect.NEVER)
            .sslContext(new LazyTrust(trusted).context())
            .proxy(proxies)
            .executor(executor);
    if (proxies.hasPassword()) {
      if (System.getProperty(REFUSED_SCHEMES) == null) {
        System.setProperty(REFUSED_SCHEMES, "");
      }
      builder.authenticator(proxies.authenticator());
    }
    return builder.build();
  }

  /// The proxy that a request to the address takes, for messages; null for none.
  ///
  /// @throws UnusableProxyException when the environment names one that we cannot use
  public @Nullable String proxyFor(URI address) {
    ProxyAddress proxy = proxies.of(address);
    return proxy == null ? null : proxy.toString();
  }

  /// Ends all clients, and what they are doing.
  @Override
  public void close() {
    lock.lock();
    try {
      clients.values().forEach(HttpClient::shutdownNow);
      clients.clear();
    } finally {
      lock.unlock();
    }
  }
}
