package dev.codexlsp.exec.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A server with a certificate of its own authority, a proxy with a password, and a program of ours
/// that is told of them by its environment.
@Timeout(60)
class HttpClientsTest {
  private static final String LOGIN = "me:p@ss:word";

  @TempDir private Path folder;
  private HttpServer plain;
  private TlsRelay secure;
  private ConnectProxy proxy;
  private Path pem;

  @BeforeEach
  void serve() throws Exception {
    plain = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    plain.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    plain.start();
    OwnAuthority keys = OwnAuthority.make(folder, "dns:models.test,ip:127.0.0.1");
    pem = keys.pem();
    secure = TlsRelay.to(plain.getAddress().getPort(), keys.context());
    proxy = ConnectProxy.to(secure.port(), LOGIN);
  }

  @AfterEach
  void end() throws IOException {
    proxy.close();
    secure.close();
    plain.stop(0);
  }

  @Test
  void aTunnelWithAPassword() throws Exception {
    assertThat(
            fetch(
                Map.of("HTTPS_PROXY", proxy("me:p%40ss:word"), "SSL_CERT_FILE", pem.toString()),
                "https://models.test/v1"))
        .isEqualTo("204");
    assertThat(proxy.asked()).containsExactly("CONNECT models.test:443 HTTP/1.1");
  }

  @Test
  void aPlainRequestWithAPassword() throws Exception {
    assertThat(fetch(Map.of("http_proxy", proxy("me:p%40ss:word")), "http://models.test/v1"))
        .isEqualTo("200");
    assertThat(proxy.asked()).containsExactly("GET http://models.test/v1 HTTP/1.1");
  }

  @Test
  void aWrongPassword() throws Exception {
    assertThat(
            fetch(
                Map.of("HTTPS_PROXY", proxy("me:wrong"), "SSL_CERT_FILE", pem.toString()),
                "https://models.test/v1"))
        .isEqualTo("java.io.IOException: too many authentication attempts. Limit: 3");
    assertThat(proxy.asked()).isEmpty();
  }

  @Test
  void noPassword() throws Exception {
    assertThat(
            fetch(
                Map.of("HTTPS_PROXY", "http://127.0.0.1:" + proxy.port()),
                "https://models.test/v1"))
        .isEqualTo("407");
  }

  @Test
  void authoritiesOfTheEnvironment() throws Exception {
    Files.writeString(folder.resolve("README"), "not a certificate");
    for (String variable : List.of("SSL_CERT_FILE", "CODEX_CA_CERTIFICATE")) {
      assertThat(fetch(Map.of(variable, pem.toString()), direct())).isEqualTo("204");
    }
    assertThat(fetch(Map.of("SSL_CERT_DIR", folder.toString()), direct())).isEqualTo("204");
    assertThat(fetch(Map.of(), direct())).contains("PKIX path building failed");
  }

  @Test
  void theAuthorityOfOneProvider() throws Exception {
    assertThat(fetch(Map.of(), direct(), pem.toString())).isEqualTo("204");
  }

  @Test
  void authoritiesThatCannotBeRead() throws Exception {
    Path none = folder.resolve("none.pem");
    assertThat(fetch(Map.of("SSL_CERT_FILE", none.toString()), direct()))
        .contains("cannot read the certificate authorities in " + none + " (SSL_CERT_FILE)");
    Path empty = Files.writeString(folder.resolve("empty.pem"), "");
    assertThat(fetch(Map.of(), direct(), empty.toString()))
        .contains("cannot read the certificate authorities in " + empty + " (ca_file)");
  }

  private String direct() {
    return "https://127.0.0.1:" + secure.port() + "/v1";
  }

  private String proxy(String login) {
    return "http://" + login + "@127.0.0.1:" + proxy.port();
  }

  private static String fetch(Map<String, String> environment, String... args) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                FetchProgram.class.getName()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Map<String, String> own = new HashMap<>(builder.environment());
    own.keySet().removeIf(name -> name.toUpperCase(Locale.ROOT).endsWith("_PROXY"));
    own.keySet().removeAll(List.of("SSL_CERT_FILE", "SSL_CERT_DIR", "CODEX_CA_CERTIFICATE"));
    own.putAll(environment);
    builder.environment().clear();
    builder.environment().putAll(own);
    Process process = builder.start();
    try {
      String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      return said;
    } finally {
      process.destroyForcibly();
    }
  }
}
