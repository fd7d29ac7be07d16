package dev.codexlsp.server.doctor;

import dev.codexlsp.core.account.Account;
import dev.codexlsp.core.account.AccountException;
import dev.codexlsp.core.account.Accounts;
import dev.codexlsp.core.account.SignedIn;
import dev.codexlsp.core.config.Config;
import dev.codexlsp.core.config.ConfigException;
import dev.codexlsp.core.config.Credentials;
import dev.codexlsp.core.model.Credential;
import dev.codexlsp.core.model.ModelProvider;
import dev.codexlsp.exec.http.HttpClients;
import dev.codexlsp.exec.http.Unreachable;
import dev.codexlsp.exec.http.UnusableProxyException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which model is asked, with which key, and whether its server answers. Only the list of models is
/// asked for: that costs nothing.
public final class ModelCheck {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final String KEY = "key";
  private static final String SERVER = "server";

  private final Map<String, String> variables;
  private final Accounts accounts;
  private final HttpClients http;

  public ModelCheck(Map<String, String> variables, Accounts accounts, HttpClients http) {
    this.variables = Map.copyOf(variables);
    this.accounts = accounts;
    this.http = http;
  }

  List<Finding> look(Config config) throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    findings.add(model(config));
    try {
      ModelProvider provider = Credentials.equipped(config.provider(), variables);
      Credential key = Credentials.resolve(provider, variables);
      findings.add(provider.access().requiresOpenaiAuth() ? account() : key(provider, key));
      findings.addAll(reach(provider, key));
    } catch (ConfigException missing) {
      findings.add(
          Finding.bad(
              KEY,
              String.valueOf(missing.getMessage()),
              "Set it where your editor is started; a shell profile is not always read there."));
    }
    return findings;
  }

  private static Finding model(Config config) {
    try {
      return Finding.good("model", config.requiredModel() + " of " + config.provider().name());
    } catch (ConfigException missing) {
      return Finding.bad(
          "model", String.valueOf(missing.getMessage()), "Set model in config.toml.");
    }
  }

  private static Finding key(ModelProvider provider, @Nullable Credential key) {
    if (key == null) {
      return Finding.good(KEY, "the provider wants none");
    }
    return Finding.good(
        KEY,
        provider.envKey() == null
            ? "there is one in the configuration"
            : "there is one, in the variable " + provider.envKey());
  }

  private Finding account() throws InterruptedException {
    try {
      SignedIn signedIn = accounts.signedIn(false);
      if (signedIn == null) {
        return Finding.bad(
            KEY,
            "nobody is signed in with OpenAI",
            "Set OPENAI_API_KEY, sign in from your editor, or choose another model_provider.");
      }
      return Finding.good(
          KEY,
          switch (signedIn.account()) {
            case Account.ApiKey() -> "there is one for OpenAI";
            case Account.Chatgpt _ -> "somebody is signed in with ChatGPT";
          });
    } catch (AccountException unreadable) {
      return Finding.bad(
          KEY, String.valueOf(unreadable.getMessage()), "Sign out and in again from your editor.");
    }
  }

  private List<Finding> reach(ModelProvider provider, @Nullable Credential key)
      throws InterruptedException {
    URI models = URI.create(provider.baseUrl() + "/models");
    List<Finding> findings = new ArrayList<>();
    try {
      String proxy = http.proxyFor(models);
      if (proxy != null) {
        findings.add(Finding.good("proxy", models.getAuthority() + " is reached by " + proxy));
      }
      HttpResponse<Void> answer =
          http.client(provider.endpoint().caFile())
              .send(request(models, provider, key), HttpResponse.BodyHandlers.discarding());
      boolean isKnown = key != null || !provider.access().requiresOpenaiAuth();
      findings.add(answered(models, answer.statusCode(), isKnown));
    } catch (UnusableProxyException unusable) {
      findings.add(
          Finding.bad(
              "proxy",
              String.valueOf(unusable.getMessage()),
              "Set HTTPS_PROXY to one we can use."));
    } catch (IOException unreachable) {
      findings.add(
          Finding.bad(
              SERVER,
              "nobody answers at " + models.getAuthority() + ": " + Unreachable.reason(unreachable),
              "Is the address right, is the server running, is a proxy needed (HTTPS_PROXY), does"
                  + " it have an authority of its own (SSL_CERT_FILE, ca_file)?"));
    }
    return findings;
  }

  private static HttpRequest request(URI models, ModelProvider provider, @Nullable Credential key) {
    HttpRequest.Builder request = HttpRequest.newBuilder(models).timeout(PATIENCE).GET();
    provider.httpHeaders().forEach(request::header);
    if (key != null) {
      request.header("authorization", "Bearer " + key.secret());
    }
    return request.build();
  }

  /// Servers of one's own often have no list; that they answer is enough.
  ///
  /// @param isKnown whether it was told who asks; a login is not sent only to look
  private static Finding answered(URI models, int status, boolean isKnown) {
    return switch (status) {
      case OK -> Finding.good(SERVER, models.getAuthority() + " answers");
      case UNAUTHORIZED, FORBIDDEN ->
          isKnown
              ? Finding.bad(
                  SERVER,
                  models.getAuthority() + " refuses the key (status " + status + ")",
                  "Make a new key, or check that it belongs to this provider.")
              : Finding.good(SERVER, models.getAuthority() + " answers");
      default ->
          Finding.good(
              SERVER,
              models.getAuthority() + " answers, but lists no models (status " + status + ")");
    };
  }
}
