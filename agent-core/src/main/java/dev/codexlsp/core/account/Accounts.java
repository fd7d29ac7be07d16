package dev.codexlsp.core.account;

import dev.codexlsp.core.config.ConfigLoader;
import dev.codexlsp.core.config.Credentials;
import dev.codexlsp.core.model.Credential;
import dev.codexlsp.exec.http.HttpClients;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The login with OpenAI. What is kept comes first, then the variables that hold a key. May be used
/// by any thread; whatever touches the file or the network blocks.
public final class Accounts {
  /// A token that ends sooner is renewed before it is used.
  private static final Duration MARGIN = Duration.ofMinutes(5);

  /// For the whole answer of the service: others wait for the lock meanwhile.
  private static final Duration RENEWAL_LIMIT = Duration.ofSeconds(30);

  private final AuthStores stores;
  private final TokenEndpoint endpoint;
  private final @Nullable Credential ofEnvironment;
  private final Clock clock;

  Accounts(
      AuthStores stores, TokenEndpoint endpoint, Map<String, String> environment, Clock clock) {
    this.stores = stores;
    this.endpoint = endpoint;
    this.ofEnvironment = Credentials.openaiKey(environment);
    this.clock = clock;
  }

  /// Logins that are kept where the configuration says, which is read when one is needed.
  ///
  /// @param codexHome where `auth.json` is
  public static Accounts of(
      ConfigLoader configs,
      Path codexHome,
      HttpClients http,
      Map<String, String> environment,
      Clock clock) {
    return new Accounts(
        AuthStores.configured(configs, codexHome),
        new HttpTokenEndpoint(http, environment, RENEWAL_LIMIT),
        environment,
        clock);
  }

  /// Who is signed in; null for nobody.
  ///
  /// @param isRenewed whether tokens are to be renewed first, even if they would last
  public @Nullable SignedIn signedIn(boolean isRenewed)
      throws AccountException, InterruptedException {
    AuthStore store = stores.now();
    AuthRecord login = store.read();
    Credential credential = login == null ? null : login.credential();
    if (login == null || credential == null) {
      return ofEnvironment == null ? null : new SignedIn(new Account.ApiKey(), null);
    }
    if (isRenewed && login.isRefreshable()) {
      login = refresh(store, credential);
    }
    return login == null ? null : login.signedIn();
  }

  /// Keeps the key, and forgets what was kept before.
  public void logInWithKey(String key) throws AccountException, InterruptedException {
    String kept = key.strip();
    if (kept.isEmpty()) {
      throw AccountException.lasting("the API key is empty");
    }
    if (!Credentials.canBeSent(kept)) {
      throw AccountException.lasting("the API key holds characters that cannot be sent");
    }
    write(AuthRecord.ofKey(kept));
  }

  /// Forgets what is kept. Whether anything was does not matter.
  public void logOut() throws AccountException, InterruptedException {
    write(null);
  }

  private void write(@Nullable AuthRecord login) throws AccountException, InterruptedException {
    AuthStore store = stores.now();
    try (AuthStore.Exclusion _ = store.exclude()) {
      store.write(login);
    }
  }

  /// What to send with a request. A token that is about to end is renewed; when that fails for now,
  /// it is used as long as it lasts.
  Credential credential() throws AccountException, InterruptedException {
    AuthStore store = stores.now();
    AuthRecord login = store.read();
    Credential kept = login == null ? ofEnvironment : login.credential();
    if (kept == null && ofEnvironment != null) {
      return ofEnvironment;
    }
    if (kept == null) {
      throw AccountException.lasting(
          "nobody is signed in: sign in with an API key, set the environment variable"
              + " OPENAI_API_KEY, or choose a model provider that needs no account");
    }
    Instant expiry = login == null || !login.isRefreshable() ? null : login.expiry();
    if (expiry == null || clock.instant().plus(MARGIN).isBefore(expiry)) {
      return kept;
    }
    try {
      return sent(refresh(store, kept));
    } catch (AccountException failure) {
      if (failure.isPassing() && clock.instant().isBefore(expiry)) {
        return kept;
      }
      throw failure;
    }
  }

  /// What to send after the service has refused this one; null when there is nothing else.
  @Nullable Credential renewed(Credential refused) throws AccountException, InterruptedException {
    AuthStore store = stores.now();
    AuthRecord login = store.read();
    if (login == null) {
      return null;
    }
    Credential kept = login.credential();
    if (!Objects.equals(kept, refused)) {
      return kept;
    }
    return login.isRefreshable() ? sent(refresh(store, refused)) : null;
  }

  private static Credential sent(@Nullable AuthRecord login) throws AccountException {
    Credential credential = login == null ? null : login.credential();
    if (credential == null) {
      throw AccountException.lasting("somebody has signed out in the meantime");
    }
    return credential;
  }

  /// Whoever comes second finds new tokens and leaves them alone.
  private @Nullable AuthRecord refresh(AuthStore store, Credential old)
      throws AccountException, InterruptedException {
    try (AuthStore.Exclusion _ = store.exclude()) {
      AuthRecord login = store.read();
      if (login == null || !login.isRefreshable() || !old.equals(login.credential())) {
        return login;
      }
      AuthRecord renewed = login.refreshed(endpoint.refresh(login.refreshToken()), clock.instant());
      store.write(renewed);
      return renewed;
    }
  }
}
