package dev.codexlsp.server.doctor;

import dev.codexlsp.core.config.Config;
import dev.codexlsp.core.config.ConfigException;
import dev.codexlsp.core.config.Credentials;
import dev.codexlsp.core.model.Credential;
import dev.codexlsp.core.model.ModelProvider;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which model is asked, with which key, and whether its server answers. Only the list of models is
/// asked for: that costs nothing.
final class ModelCheck {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;

  private final Config config;
  private final Map<String, String> variables;
  private final HttpClient http;
  private final List<Finding> findings = new ArrayList<>();

  private ModelCheck(Config config, Map<String, String> variables, HttpClient http) {
    this.config = config;
    this.variables = variables;
    this.http = http;
  }

  static List<Finding> look(Config config, Map<String, String> variables, HttpClient http)
      throws InterruptedException {
    ModelCheck check = new ModelCheck(config, variables, http);
    check.model();
    check.provider();
    return check.findings;
  }

  private void model() {
    try {
      String model = config.requiredModel();
      findings.add(Finding.good("model", model + " of " + config.provider().name()));
    } catch (ConfigException missing) {
      findings.add(
          Finding.bad("model", String.valueOf(missing.getMessage()), "Set model in config.toml."));
    }
  }

  private void provider() throws InterruptedException {
    ModelProvider provider = config.provider();
    Credential key;
    try {
      key = Credentials.resolve(provider, variables);
    } catch (ConfigException missing) {
      findings.add(
          Finding.bad(
              "key",
              String.valueOf(missing.getMessage()),
              "Set it where your editor is started; a shell profile is not always read there."));
      return;
    }
    findings.add(
        Finding.good(
            "key",
            key == null
                ? "the provider wants none"
                : "there is one, in the variable " + provider.envKey()));
    findings.add(reach(provider, key));
  }

  private Finding reach(ModelProvider provider, @Nullable Credential key)
      throws InterruptedException {
    URI models = URI.create(provider.baseUrl() + "/models");
    HttpRequest.Builder request = HttpRequest.newBuilder(models).timeout(PATIENCE).GET();
    provider.httpHeaders().forEach(request::header);
    if (key != null) {
      request.header("authorization", "Bearer " + key.secret());
    }
    try {
      int status = http.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
      return answered(models, status);
    } catch (IOException unreachable) {
      return Finding.bad(
          "server",
          "nobody answers at " + models.getAuthority() + ": " + reason(unreachable),
          "Is the address right, is the server running, is a proxy needed (HTTPS_PROXY)?");
    }
  }

  /// The client's exceptions often say nothing but their name.
  private static String reason(IOException unreachable) {
    String message = unreachable.getMessage();
    return unreachable.getClass().getSimpleName() + (message == null ? "" : ": " + message);
  }

  /// Servers of one's own often have no list; that they answer is enough.
  private static Finding answered(URI models, int status) {
    return switch (status) {
      case OK -> Finding.good("server", models.getAuthority() + " answers");
      case UNAUTHORIZED, FORBIDDEN ->
          Finding.bad(
              "server",
              models.getAuthority() + " refuses the key (status " + status + ")",
              "Make a new key, or check that it belongs to this provider.");
      default ->
          Finding.good(
              "server",
              models.getAuthority() + " answers, but lists no models (status " + status + ")");
    };
  }
}
