package dev.codexlsp.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonParser;
import dev.codexlsp.core.config.ConfigLoader;
import dev.codexlsp.core.model.Credential;
import dev.codexlsp.core.model.FakeModelServer;
import dev.codexlsp.core.model.HttpModelClient;
import dev.codexlsp.core.model.ModelCall;
import dev.codexlsp.core.model.ModelException;
import dev.codexlsp.core.model.ModelException.Retry;
import dev.codexlsp.core.model.ModelInfo;
import dev.codexlsp.core.model.ModelProvider;
import dev.codexlsp.core.model.ModelRequest;
import dev.codexlsp.core.model.RetryDelay;
import dev.codexlsp.core.thread.CodexErrorInfo;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.thread.TurnError;
import dev.codexlsp.core.thread.TurnId;
import dev.codexlsp.exec.http.HttpClients;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Requests of a user who is signed in, as a model server and the service that renews tokens see
/// them; one server plays both.
@Timeout(60)
class AuthenticatedClientTest {
  private static final String REFUSED =
      "response\nhttp {\"status\": 401, \"body\": {\"error\": {\"message\": \"old\"}}}\n";
  private static final String RENEWED =
      "response \"refresh_token\"\nhttp {\"status\": 200, \"body\":"
          + " {\"access_token\": \"at-2\", \"refresh_token\": \"rt-2\"}}\n";
  private static final String ANSWER = "response\nmessage \"hi\"\n";

  @TempDir private Path home;

  @Test
  void aRefusedTokenIsRenewedOnce() throws Exception {
    try (FakeModelServer server = FakeModelServer.playing(REFUSED + RENEWED + ANSWER)) {
      signIn();
      assertThat(failure(server, true, null)).isNull();
      assertThat(server.calls())
          .extracting(AuthenticatedClientTest::told)
          .containsExactly(
              "/v1/responses Bearer at-1 acc-1",
              "/v1/token null null",
              "/v1/responses Bearer at-2 acc-1");
      assertThat(server.calls().get(1).body())
          .isEqualTo(
              JsonParser.parseString(
                  "{\"client_id\":\"app_EMoamEEZ73f0CkXaXp7hrann\","
                      + "\"grant_type\":\"refresh_token\",\"refresh_token\":\"rt-1\"}"));
      assertThat(Files.readString(home.resolve("auth.json"))).contains("at-2", "rt-2");
    }
  }

  @Test
  void aSecondRefusalIsFinal() throws Exception {
    try (FakeModelServer server = FakeModelServer.playing(REFUSED + RENEWED + REFUSED)) {
      signIn();
      ModelException failure = Objects.requireNonNull(failure(server, true, null));
      assertThat(failure.error().codexErrorInfo())
          .isEqualTo(new CodexErrorInfo.HttpConnectionFailed(401));
      assertThat(failure.retry()).isEqualTo(new Retry.Never());
      assertThat(server.calls()).hasSize(3);
    }
  }

  @Test
  void aLoginThatIsOver() throws Exception {
    String over =
        "response \"refresh_token\"\nhttp {\"status\": 401,"
            + " \"body\": {\"error\": {\"code\": \"refresh_token_expired\"}}}\n";
    try (FakeModelServer server = FakeModelServer.playing(REFUSED + over)) {
      signIn();
      ModelException failure = Objects.requireNonNull(failure(server, true, null));
      assertThat(failure.error())
          .isEqualTo(
              new TurnError(
                  "the sign-in has expired or was revoked (refresh_token_expired); sign in again",
                  CodexErrorInfo.Kind.UNAUTHORIZED,
                  null));
      assertThat(failure.retry()).isEqualTo(new Retry.Never());
    }
  }

  @Test
  void othersAreNotTold() throws Exception {
    try (FakeModelServer server = FakeModelServer.playing(ANSWER + ANSWER)) {
      signIn();
      assertThat(failure(server, false, null)).isNull();
      assertThat(failure(server, true, new Credential("own-key"))).isNull();
      assertThat(server.calls())
          .extracting(AuthenticatedClientTest::told)
          .containsExactly("/v1/responses null null", "/v1/responses Bearer own-key null");
    }
  }

  private void signIn() throws Exception {
    Files.writeString(
        home.resolve("auth.json"),
        "{\"tokens\":{\"access_token\":\"at-1\",\"refresh_token\":\"rt-1\","
            + "\"account_id\":\"acc-1\"}}");
  }

  private static String told(ModelCall call) {
    return "%s %s %s"
        .formatted(
            call.path(),
            call.headers().get("authorization"),
            call.headers().get("chatgpt-account-id"));
  }

  /// How asking fails; null when it does not.
  private @Nullable ModelException failure(
      FakeModelServer server, boolean requiresOpenaiAuth, @Nullable Credential own) {
    Map<String, String> environment =
        Map.of("CODEX_REFRESH_TOKEN_URL_OVERRIDE", server.baseUrl() + "/token");
    try (HttpClients http =
        new HttpClients(environment, Duration.ofSeconds(10), Thread::startVirtualThread)) {
      HttpModelClient model =
          new HttpModelClient(
              http, new RetryDelay(() -> 0.5), _ -> {}, Clock.systemUTC(), () -> "id");
      AuthenticatedClient client =
          new AuthenticatedClient(
              model,
              Accounts.of(
                  new ConfigLoader(home, home), home, http, environment, Clock.systemUTC()));
      return catchThrowableOfType(
          ModelException.class,
          () -> client.open(request(server, requiresOpenaiAuth, own)).close());
    }
  }

  private static ModelRequest request(
      FakeModelServer server, boolean requiresOpenaiAuth, @Nullable Credential own) {
    return new ModelRequest(
        new ModelProvider(
            "p",
            "P",
            ModelProvider.Endpoint.responses(server.baseUrl()),
            new ModelProvider.Access(null, null, null, requiresOpenaiAuth, Map.of()),
            Map.of(),
            0,
            0,
            Duration.ofSeconds(10)),
        own,
        new ModelRequest.Caller("codex_lsp", "codex_lsp/0.1.0", new ThreadId("t"), new TurnId("u")),
        ModelInfo.of("m"),
        ModelRequest.Manner.ofEffort(null),
        List.of(),
        List.of(),
        ModelRequest.Occasion.ofWhole(new ThreadId("t")));
  }
}
