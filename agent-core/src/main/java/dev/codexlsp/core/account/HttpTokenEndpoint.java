package dev.codexlsp.core.account;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.codexlsp.exec.http.HttpClients;
import dev.codexlsp.exec.http.UnusableProxyException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// OpenAI's, or the one that `CODEX_REFRESH_TOKEN_URL_OVERRIDE` names. Holds no state.
final class HttpTokenEndpoint implements TokenEndpoint {
  private static final String OVERRIDE = "CODEX_REFRESH_TOKEN_URL_OVERRIDE";
  private static final String ADDRESS = "https://auth.openai.com/oauth/token";

  /// What the original's programs are to the service. A refresh token belongs to the client that it
  /// was given to, so nobody else could refresh it.
  private static final String CLIENT_ID = "app_EMoamEEZ73f0CkXaXp7hrann";

  private static final int BODY_LIMIT = 1 << 20;
  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORIZED = 401;

  private final HttpClients clients;
  private final String address;
  private final Duration patience;

  /// @param patience how long the whole answer may take
  HttpTokenEndpoint(HttpClients clients, Map<String, String> environment, Duration patience) {
    this.clients = clients;
    this.patience = patience;
    String named = environment.getOrDefault(OVERRIDE, "").strip();
    this.address = named.isEmpty() ? ADDRESS : named;
  }

  @Override
  public JsonObject refresh(String refreshToken) throws AccountException, InterruptedException {
    try {
      HttpResponse<String> answer = answer(request(refreshToken));
      return usable(answer.statusCode(), object(answer.body()));
    } catch (UnusableProxyException unusable) {
      throw AccountException.lasting(String.valueOf(unusable.getMessage()));
    } catch (IllegalArgumentException e) {
      throw AccountException.lasting("the environment variable " + OVERRIDE + " holds no URL");
    } catch (IOException e) {
      // Some of the client's exceptions say nothing but their name.
      throw AccountException.passing(
          "the sign-in cannot be renewed: "
              + Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName()));
    }
  }

  /// Others wait for the lock meanwhile, so the body must come in time, too.
  private HttpResponse<String> answer(HttpRequest request)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<String>> answer =
        clients
            .client()
            .sendAsync(
                request,
                HttpResponse.BodyHandlers.limiting(
                    HttpResponse.BodyHandlers.ofString(), BODY_LIMIT));
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw new IOException("no answer within " + patience.toSeconds() + " s", late);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  private HttpRequest request(String refreshToken) {
    JsonObject body = new JsonObject();
    body.addProperty("client_id", CLIENT_ID);
    body.addProperty("grant_type", "refresh_token");
    body.addProperty("refresh_token", refreshToken);
    return HttpRequest.newBuilder(URI.create(address))
        .header("content-type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
        .build();
  }

  /// Refused is refused; everything else may pass.
  private static JsonObject usable(int status, @Nullable JsonObject body) throws AccountException {
    if (status == OK && body != null && Claims.text(body, "access_token") != null) {
      return body;
    }
    if (status == UNAUTHORIZED || status == BAD_REQUEST) {
      throw AccountException.lasting(
          "the sign-in has expired or was revoked" + reason(body) + "; sign in again");
    }
    throw AccountException.passing(
        status == OK
            ? "the sign-in cannot be renewed: the answer holds no token"
            : "the sign-in cannot be renewed: status " + status);
  }

  private static String reason(@Nullable JsonObject body) {
    JsonElement error = body == null ? null : body.get("error");
    String code =
        error instanceof JsonObject object
            ? Claims.text(object, "code")
            : body == null ? null : Claims.text(body, "error");
    return code != null && code.matches("[a-z_]{1,60}") ? " (" + code + ")" : "";
  }

  private static @Nullable JsonObject object(String text) {
    try {
      return JsonParser.parseString(text) instanceof JsonObject object ? object : null;
    } catch (JsonParseException _) {
      return null;
    }
  }
}
