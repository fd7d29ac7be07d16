package dev.codexlsp.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.codexlsp.core.model.FakeModelServer;
import dev.codexlsp.exec.http.HttpClients;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A service that does not say what it should. Others wait for the lock meanwhile.
@Timeout(60)
class HttpTokenEndpointTest {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  @Test
  void aBodyThatDoesNotEndIsNotWaitedFor() throws Exception {
    AccountException failure = failure("response\nraw \"{\"\nhang");
    assertThat(failure)
        .isInstanceOf(AccountException.class)
        .hasMessage("the sign-in cannot be renewed: no answer within 1 s");
    assertThat(failure.isPassing()).isTrue();
  }

  @Test
  void aBodyThatIsTooLargeIsNotRead() throws Exception {
    AccountException failure =
        failure("response\nmessage {\"repeat\": \"tok{i} \", \"count\": 30000}");
    assertThat(failure).hasMessageStartingWith("the sign-in cannot be renewed: ");
    assertThat(failure.isPassing()).isTrue();
  }

  private static AccountException failure(String script) throws IOException {
    try (FakeModelServer server = FakeModelServer.playing(script);
        HttpClients http =
            new HttpClients(Map.of(), Duration.ofSeconds(10), Thread::startVirtualThread)) {
      Map<String, String> variables =
          Map.of("CODEX_REFRESH_TOKEN_URL_OVERRIDE", server.baseUrl() + "/token");
      return catchThrowableOfType(
          AccountException.class,
          () -> new HttpTokenEndpoint(http, variables, PATIENCE).refresh("rt-1"));
    }
  }
}
