package dev.codexlsp.exec.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Whom our clients trust, asked of a real server with a certificate of its own making.
@Timeout(60)
class LazyTrustTest {
  private static final String STORE = "javax.net.ssl.trustStore";
  private static final String STORE_PASSWORD = "javax.net.ssl.trustStorePassword";
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final int NO_CONTENT = 204;

  @TempDir private Path folder;

  @AfterEach
  void forgetTheStore() {
    System.clearProperty(STORE);
    System.clearProperty(STORE_PASSWORD);
  }

  @Test
  void trustsAnAuthorityOfTheJdk() throws Exception {
    Path keys = keys("ip:127.0.0.1");
    trust(keys);
    assertThat(status(keys)).isEqualTo(NO_CONTENT);
  }

  @Test
  void readsTheAuthoritiesNoSoonerThanTheyAreNeeded() throws Exception {
    Path keys = keys("ip:127.0.0.1");
    HttpClient client = HttpClients.create(Duration.ofSeconds(10), Runnable::run);
    trust(keys);
    assertThat(status(keys, client)).isEqualTo(NO_CONTENT);
  }

  @Test
  void refusesAnUnknownAuthority() throws Exception {
    Path keys = keys("ip:127.0.0.1");
    assertThatThrownBy(() -> status(keys)).isInstanceOf(SSLHandshakeException.class);
  }

  @Test
  void refusesTheCertificateOfAnotherHost() throws Exception {
    Path keys = keys("dns:elsewhere.test");
    trust(keys);
    assertThatThrownBy(() -> status(keys))
        .isInstanceOf(SSLHandshakeException.class)
        .hasMessageContaining("127.0.0.1");
  }

  private static void trust(Path keys) {
    System.setProperty(STORE, keys.toString());
    System.setProperty(STORE_PASSWORD, new String(PASSWORD));
  }

  private static int status(Path keys) throws Exception {
    return status(keys, HttpClients.create(Duration.ofSeconds(10), Runnable::run));
  }

  private static int status(Path keys, HttpClient client) throws Exception {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context(keys)));
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

  private static SSLContext context(Path keys) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, PASSWORD);
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }

  /// A key and its certificate, signed by itself, in a store that serves as a list of authorities
  /// too.
  private Path keys(String host) throws IOException, InterruptedException {
    Path keys = folder.resolve("keys.p12");
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    Process made =
        new ProcessBuilder(
                keytool.toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=test",
                "-ext",
                "SAN=" + host,
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                keys.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(made.waitFor()).as(said).isZero();
    return keys;
  }
}
