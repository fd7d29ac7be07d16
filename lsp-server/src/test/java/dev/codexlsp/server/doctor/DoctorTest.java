package dev.codexlsp.server.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpServer;
import dev.codexlsp.core.account.Accounts;
import dev.codexlsp.core.config.ConfigLoader;
import dev.codexlsp.core.config.EnvironmentsLoader;
import dev.codexlsp.exec.http.HttpClients;
import dev.codexlsp.exec.sandbox.Rung;
import dev.codexlsp.exec.sandbox.SandboxReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is found, in words and in JSON.
@Timeout(30)
class DoctorTest {
  private static final String SECRET = "sk-do-not-print-this";

  @TempDir Path home;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  private int examine(boolean isJson, Check... checks) throws InterruptedException {
    return new Doctor(List.of(checks), new PrintStream(printed, true, UTF_8)).examine(isJson);
  }

  private List<Finding> configured(String toml, Map<String, String> variables) throws Exception {
    Files.writeString(home.resolve("config.toml"), toml);
    try (HttpClients http =
        new HttpClients(
            variables, Duration.ofSeconds(5), command -> Thread.ofVirtual().start(command))) {
      ConfigLoader configs = new ConfigLoader(home, home);
      Accounts accounts = Accounts.of(configs, home, http, variables, Clock.systemUTC());
      return new ConfigCheck(
              configs,
              new EnvironmentsLoader(home, home, variables),
              new ModelCheck(variables, accounts, http))
          .look();
    }
  }

  private static String provider(int port) {
    return """
    model = "m"
    model_provider = "fake"
    [model_providers.fake]
    name = "Fake"
    base_url = "http://127.0.0.1:%d/v1"
    env_key = "FAKE_KEY"
    """
        .formatted(port);
  }

  private static List<String> words(List<Finding> findings) {
    return findings.stream()
        .map(finding -> finding.verdict() + " " + finding.subject() + ": " + finding.says())
        .toList();
  }

  @Test
  void linesAreForPeople() throws Exception {
    int status =
        examine(
            false,
            () -> List.of(Finding.good("a", "fine")),
            () -> List.of(Finding.bad("b", "torn\u001b[31m", "Mend it.")));

    assertThat(status).isEqualTo(1);
    assertThat(printed.toString(UTF_8))
        .isEqualTo(
            """
            good a: fine
            BAD  b: torn\\u{1b}[31m
                   Mend it.
            Something is in the way: see above.
            """);
  }

  @Test
  void jsonIsForPrograms() throws Exception {
    int status = examine(true, () -> List.of(Finding.doubtful("a", "odd", "Look.")));

    assertThat(status).isZero();
    assertThat(JsonParser.parseString(printed.toString(UTF_8)))
        .isEqualTo(
            JsonParser.parseString(
                """
                {"version":1,"well":true,"findings":[
                  {"subject":"a","verdict":"doubtful","says":"odd","todo":"Look."}]}\
                """));
  }

  @ParameterizedTest
  @CsvSource({
    "true, true, GOOD, commands are confined",
    "false, true, DOUBTFUL, commands that write nothing are confined (landlock",
    "false, false, BAD, there is none",
  })
  void sandbox(boolean bubblewrap, boolean landlock, Finding.Verdict verdict, String words)
      throws Exception {
    SandboxReport report =
        new SandboxReport(
            List.of(
                new SandboxReport.Finding(Rung.BUBBLEWRAP, bubblewrap ? null : "not installed"),
                new SandboxReport.Finding(Rung.LANDLOCK, landlock ? null : "too old")));

    Finding finding = new SandboxCheck(() -> report).look().getFirst();

    assertThat(finding.verdict()).isEqualTo(verdict);
    assertThat(finding.says()).startsWith(words);
  }

  @ParameterizedTest
  @CsvSource({
    "200, GOOD, answers",
    "401, BAD, refuses the key (status 401)",
    "404, GOOD, 'answers, but lists no models (status 404)'",
  })
  void server(int status, Finding.Verdict verdict, String words) throws Exception {
    List<String> seen = new ArrayList<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
    server.createContext(
        "/v1/models",
        exchange -> {
          seen.add(exchange.getRequestHeaders().getFirst("authorization"));
          exchange.sendResponseHeaders(status, -1);
        });
    server.start();
    try {
      int port = server.getAddress().getPort();
      List<Finding> findings = configured(provider(port), Map.of("FAKE_KEY", SECRET));

      assertThat(words(findings))
          .endsWith(
              "GOOD model: m of Fake",
              "GOOD key: there is one, in the variable FAKE_KEY",
              verdict + " server: 127.0.0.1:" + port + " " + words);
      assertThat(seen).containsExactly("Bearer " + SECRET);
      assertThat(findings.toString()).doesNotContain(SECRET);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void nobodyAnswers() throws Exception {
    int port = freePort();
    assertThat(words(configured(provider(port), Map.of("FAKE_KEY", SECRET))).getLast())
        .startsWith("BAD server: nobody answers at 127.0.0.1:" + port + ": connection refused");
  }

  private static int freePort() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
    int port = server.getAddress().getPort();
    server.start();
    server.stop(0);
    return port;
  }

  @Test
  void withoutItsKeyNobodyIsAsked() throws Exception {
    assertThat(words(configured(provider(1), Map.of())).getLast())
        .startsWith("BAD key: the environment variable FAKE_KEY")
        .endsWith("is not set or empty");
  }

  @Test
  void nobodyIsSignedIn() throws Exception {
    assertThat(words(configured("openai_base_url = \"http://127.0.0.1:1/v1\"\n", Map.of())))
        .contains("BAD key: nobody is signed in with OpenAI");
  }

  @Test
  void authoritiesThatCannotBeReadAreNamed() throws Exception {
    Path absent = home.resolve("absent.pem");
    Path there = Files.writeString(home.resolve("ca.pem"), "");

    assertThat(
            words(
                new AuthoritiesCheck(
                        Map.of(
                            "SSL_CERT_FILE", absent.toString(), "SSL_CERT_DIR", there.toString()))
                    .look()))
        .containsExactly(
            "BAD authorities: SSL_CERT_FILE names " + absent + ", which cannot be read",
            "GOOD authorities: those in " + there + " count too, by SSL_CERT_DIR");
  }

  @Test
  void aBrokenConfigurationIsNamedWithItsLine() throws Exception {
    assertThat(words(configured("model = 7\n", Map.of())))
        .singleElement()
        .asString()
        .startsWith("BAD configuration: " + home.resolve("config.toml") + ":1: model");
  }

  @Test
  void brokenEnvironmentsAreNamed() throws Exception {
    Files.writeString(home.resolve("environments.toml"), "default = \"absent\"\n");
    assertThat(words(configured(provider(1), Map.of())).get(1))
        .startsWith("BAD environments: ")
        .contains("names the environment \"absent\"");
  }
}
