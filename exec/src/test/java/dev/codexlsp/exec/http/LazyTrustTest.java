package dev.codexlsp.exec.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Whom our clients trust, asked of a real server with a certificate of its own making.
@Timeout(60)
class LazyTrustTest {
  private static final int NO_CONTENT = 204;

  @TempDir private Path folder;

  @AfterEach
  void forgetTheStore() {
    OwnAuthority.forget();
  }

  @Test
  void trustsAnAuthorityOfTheJdk() throws Exception {
    OwnAuthority keys = OwnAuthority.make(folder, "ip:127.0.0.1");
    keys.trust();
    assertThat(status(keys)).isEqualTo(NO_CONTENT);
  }

  @Test
  void readsTheAuthoritiesNoSoonerThanTheyAreNeeded() throws Exception {
    OwnAuthority keys = OwnAuthority.make(folder, "ip:127.0.0.1");
    HttpClient client = new HttpClients(Map.of(), Duration.ofSeconds(10), Runnable::run).client();
    keys.trust();
    assertThat(status(keys, client)).isEqualTo(NO_CONTENT);
  }

  @Test
  void refusesAnUnknownAuthority() throws Exception {
    OwnAuthority keys = OwnAuthority.make(folder, "ip:127.0.0.1");
    assertThatThrownBy(() -> status(keys)).isInstanceOf(SSLHandshakeException.class);
  }

  @Test
  void refusesTheCertificateOfAnotherHost() throws Exception {
    OwnAuthority keys = OwnAuthority.make(folder, "dns:elsewhere.test");
    keys.trust();
    assertThatThrownBy(() -> status(keys))
        .isInstanceOf(SSLHandshakeException.class)
        .hasMessageContaining("127.0.0.1");
  }

  private static int status(OwnAuthority keys) throws Exception {
    return status(keys, new HttpClients(Map.of(), Duration.ofSeconds(10), Runnable::run).client());
  }

  private static int status(OwnAuthority keys, HttpClient client) throws Exception {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(keys.context()));
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(NO_CONTENT, -1);
          exchange.close();
        });
    server.start();
    try (client) {
      URI uri = URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/");
      return client
          .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
          .statusCode();
    } finally {
      server.stop(0);
    }
  }
}
