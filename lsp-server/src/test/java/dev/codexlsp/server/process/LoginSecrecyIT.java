package dev.codexlsp.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.codexlsp.core.model.FakeModelServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A key that somebody signs in with is in `auth.json` and in requests to the model, and nowhere
/// else: not in the log, the files, the telemetry, the environment of commands or what clients
/// hear.
@Timeout(60)
class LoginSecrecyIT {
  private static final String SECRET = "sk-login-secret-0123456789";

  @TempDir Path home;
  private final StringBuilder heard = new StringBuilder();

  @Test
  void aKeyIsNowhereElse() throws Exception {
    try (OtlpCollector collector = new OtlpCollector();
        FakeModelServer model =
            FakeModelServer.playing(
                """
                response
                call {"name":"exec_command","callId":"c1","arguments":{"cmd":"env"}}
                response
                http {"status": 401, "body": {"error": {"message": "not your key: %s"}}}
                """
                    .formatted(SECRET))) {
      configure(model);
      String log = runATurn(collector);

      assertThat(model.calls()).hasSize(2);
      assertThat(model.calls().getFirst().headers())
          .containsEntry("authorization", "Bearer " + SECRET);
      assertThat(model.calls().getLast().body().toString())
          .contains("CODEX_THREAD_ID=")
          .doesNotContain(SECRET);
      assertThat(heard.toString()).contains("not your key: [hidden]").doesNotContain(SECRET);
      assertThat(log).doesNotContain(SECRET);
      assertThat(collector.spans()).isNotEmpty();
      assertThat(collector.spans().toString()).doesNotContain(SECRET);
      assertThat(filesThatHoldIt()).isEqualTo("auth.json");
    }
  }

  private void configure(FakeModelServer model) throws IOException {
    Files.writeString(
        home.resolve("config.toml"),
        """
        model = "mock-model"
        model_provider = "gateway"
        approval_policy = "never"
        sandbox_mode = "danger-full-access"
        [model_providers.gateway]
        base_url = "%s"
        requires_openai_auth = true
        """
            .formatted(model.baseUrl()));
  }

  /// What the server wrote to its log.
  private String runATurn(OtlpCollector collector) throws Exception {
    Map<String, String> environment =
        Map.of(
            "CODEX_HOME",
            home.toString(),
            "CODEX_LSP_LOG",
            "debug",
            "OPENAI_API_KEY",
            "",
            "CODEX_API_KEY",
            "",
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            collector.endpoint());
    try (ServerProcess server =
        ServerProcess.start(home, ServerProcess.LAUNCHER, environment, "lsp")) {
      server.initialize("{'capabilities':{},'initializationOptions':{'codex':{'approvals':true}}}");
      for (String params :
          new String[] {
            "{'type':'apiKey','apiKey':['%s']}",
            "{'type':'apiKey','apiKey':'%s \\u00e9'}",
            "{'type':'magic','apiKey':'%s'}",
            "{'type':'apiKey','apiKey':'%s'}"
          }) {
        ask(server, 2, "codex/account/login/start", params.formatted(SECRET));
        await(server, message -> message.has("result") || message.has("error"));
      }
      await(server, isNamed("codex/account/updated"));
      ask(server, 3, "codex/thread/start", "{'cwd':'" + home + "'}");
      JsonObject started = await(server, isNamed("codex/thread/started"));
      String thread =
          started.getAsJsonObject("params").getAsJsonObject("thread").get("id").getAsString();
      ask(
          server,
          4,
          "codex/turn/start",
          "{'threadId':'" + thread + "','input':[{'type':'text','text':'go'}]}");
      await(server, isNamed("codex/turn/completed"));
      server.shutdownAndExit();
      server.exitStatus();
      return server.stderr();
    }
  }

  private static void ask(ServerProcess server, int id, String method, String params)
      throws IOException {
    server.send(
        "{'jsonrpc':'2.0','id':%d,'method':'%s','params':%s}"
            .formatted(id, method, params)
            .replace('\'', '"'));
  }

  private JsonObject await(ServerProcess server, Predicate<JsonObject> wanted)
      throws InterruptedException {
    while (true) {
      JsonObject message = server.receive();
      heard.append(message).append('\n');
      if (wanted.test(message)) {
        return message;
      }
    }
  }

  private static Predicate<JsonObject> isNamed(String method) {
    return message -> message.has("method") && message.get("method").getAsString().equals(method);
  }

  private String filesThatHoldIt() throws IOException {
    StringBuilder names = new StringBuilder();
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        if (text.contains(SECRET)) {
          names.append(home.relativize(file));
        }
      }
    }
    return names.toString();
  }
}
