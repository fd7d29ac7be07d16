package dev.codexlsp.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.codexlsp.exec.http.ConnectProxy;
import dev.codexlsp.exec.http.HttpClients;
import dev.codexlsp.exec.http.OwnAuthority;
import dev.codexlsp.exec.http.TlsRelay;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A model behind TLS, with an authority of its own, and behind a proxy; and what its user is told
/// when one of them is missing.
@Timeout(60)
class SecureModelTest {
  @TempDir private Path folder;
  private FakeModelServer model;
  private TlsRelay secure;
  private ConnectProxy proxy;
  private Path pem;

  @BeforeEach
  void serve() throws Exception {
    model = FakeModelServer.playing("response\nmessage \"hi\"");
    OwnAuthority keys = OwnAuthority.make(folder, "dns:models.test,ip:127.0.0.1");
    pem = keys.pem();
    secure = TlsRelay.to(model.baseUrl().getPort(), keys.context());
    proxy = ConnectProxy.to(secure.port(), null);
  }

  @AfterEach
  void end() throws IOException {
    proxy.close();
    secure.close();
    model.close();
  }

  @Test
  void theAuthorityOfTheProviderThroughAProxy() {
    assertThat(failure("https://models.test/v1", pem, "http://127.0.0.1:" + proxy.port())).isNull();
    assertThat(proxy.asked()).containsExactly("CONNECT models.test:443 HTTP/1.1");
    assertThat(model.calls()).extracting(ModelCall::path).containsExactly("/v1/responses");
  }

  @Test
  void anUnknownAuthority() {
    ModelException failure =
        failure("https://127.0.0.1:" + secure.port() + "/v1", null, "http://127.0.0.1:1");
    assertThat(failure)
        .isNotNull()
        .hasMessageStartingWith(
            "cannot reach https://127.0.0.1:" + secure.port() + "/v1/responses: ")
        .hasMessageEndingWith(
            "; if a private authority has signed the server's certificate, name its file in"
                + " SSL_CERT_FILE, or in ca_file of the provider");
  }

  @Test
  void aProxyThatIsNotThere() throws Exception {
    proxy.close();
    ModelException failure =
        failure("https://models.test/v1", pem, "http://me:secret@127.0.0.1:" + proxy.port());
    assertThat(failure)
        .isNotNull()
        .hasMessage(
            "cannot reach https://models.test/v1/responses through the proxy http://127.0.0.1:"
                + proxy.port()
                + " (HTTPS_PROXY): connection refused");
  }

  @Test
  void aProxyOfAnotherKind() {
    ModelException failure =
        Objects.requireNonNull(failure("https://models.test/v1", pem, "socks5://127.0.0.1:1"));
    assertThat(failure)
        .hasMessage("HTTPS_PROXY names a proxy by socks5://, and only http:// is known");
    assertThat(failure.retry()).isEqualTo(new ModelException.Retry.Never());
  }

  @Test
  void aProxyThatAsksWhoWeAre() throws Exception {
    try (ConnectProxy locked = ConnectProxy.to(secure.port(), "me:secret")) {
      ModelException failure =
          Objects.requireNonNull(
              failure("https://models.test/v1", pem, "http://127.0.0.1:" + locked.port()));
      assertThat(failure)
          .hasMessage(
              "cannot reach https://models.test/v1/responses through the proxy http://127.0.0.1:"
                  + locked.port()
                  + " (HTTPS_PROXY): the proxy wants another user and password");
      assertThat(failure.retry()).isEqualTo(new ModelException.Retry.Never());
    }
  }

  /// How asking fails; null when it does not.
  private static @Nullable ModelException failure(
      String baseUrl, @Nullable Path caFile, String proxy) {
    ModelProvider plain = ModelRequests.provider(URI.create(baseUrl), 0, Duration.ofSeconds(10));
    ModelProvider provider =
        new ModelProvider(
            plain.id(),
            plain.name(),
            new ModelProvider.Endpoint(plain.baseUrl(), WireApi.RESPONSES, Map.of(), caFile),
            plain.access(),
            Map.of(),
            0,
            0,
            plain.streamIdleTimeout());
    try (HttpClients http =
        new HttpClients(
            Map.of("HTTPS_PROXY", proxy), Duration.ofSeconds(10), Thread::startVirtualThread)) {
      HttpModelClient client =
          new HttpModelClient(
              http, new RetryDelay(() -> 0.5), _ -> {}, Clock.systemUTC(), () -> "id");
      return catchThrowableOfType(
          ModelException.class, () -> client.open(ModelRequests.with(provider)).close());
    }
  }
}
