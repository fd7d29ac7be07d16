package dev.codexlsp.core.account;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.codexlsp.core.model.Credential;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What `auth.json` holds. The JSON is kept verbatim and never changed; its text form is hidden.
record AuthRecord(JsonObject json) {
  private static final String API_KEY = "OPENAI_API_KEY";
  private static final String TOKENS = "tokens";
  private static final String ACCESS = "access_token";
  private static final String REFRESH = "refresh_token";
  private static final String ID = "id_token";

  /// A login with a key replaces everything, as in the original.
  static AuthRecord ofKey(String key) {
    JsonObject json = new JsonObject();
    json.addProperty("auth_mode", "apikey");
    json.addProperty(API_KEY, key);
    return new AuthRecord(json);
  }

  /// Whether the key counts. Older files do not say; in them a key goes before tokens.
  private boolean isByKey() {
    String mode = Claims.text(json, "auth_mode");
    return mode == null ? Claims.text(json, API_KEY) != null : mode.equals("apikey");
  }

  /// Whether there are tokens that a refresh can replace.
  boolean isRefreshable() {
    return !isByKey() && !token(REFRESH).isEmpty();
  }

  /// Null when there is none.
  @Nullable Credential credential() {
    if (isByKey()) {
      String key = Claims.text(json, API_KEY);
      return key == null || key.isBlank() ? null : new Credential(key.strip());
    }
    String access = token(ACCESS);
    return access.isEmpty() ? null : new Credential(access, accountId());
  }

  @Nullable SignedIn signedIn() {
    if (credential() == null) {
      return null;
    }
    if (isByKey()) {
      return new SignedIn(new Account.ApiKey(), null);
    }
    Claims claims = Claims.of(token(ID));
    return new SignedIn(new Account.Chatgpt(claims.email(), claims.planType()), claims.userId());
  }

  /// When the access token ends; null when it does not say.
  @Nullable Instant expiry() {
    return Claims.of(token(ACCESS)).expiry();
  }

  String refreshToken() {
    return token(REFRESH);
  }

  /// The same login with the tokens that a refresh has brought; those it did not bring stay.
  AuthRecord refreshed(JsonObject fresh, Instant now) {
    JsonObject renewed = json.deepCopy();
    JsonObject tokens = renewed.get(TOKENS) instanceof JsonObject known ? known : new JsonObject();
    for (String name : new String[] {ID, ACCESS, REFRESH}) {
      String token = Claims.text(fresh, name);
      if (token != null && !token.isEmpty()) {
        tokens.addProperty(name, token);
      }
    }
    renewed.add(TOKENS, tokens);
    if (!renewed.has(API_KEY)) {
      renewed.add(API_KEY, JsonNull.INSTANCE);
    }
    renewed.addProperty("last_refresh", now.toString());
    return new AuthRecord(renewed);
  }

  private @Nullable String accountId() {
    String named = tokens().get("account_id") == null ? null : Claims.text(tokens(), "account_id");
    return named == null ? Claims.of(token(ID)).accountId() : named;
  }

  private String token(String name) {
    return Objects.requireNonNullElse(Claims.text(tokens(), name), "");
  }

  private JsonObject tokens() {
    return json.get(TOKENS) instanceof JsonObject tokens ? tokens : new JsonObject();
  }

  @Override
  public String toString() {
    return "AuthRecord[hidden]";
  }
}
