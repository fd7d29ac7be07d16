package dev.codexlsp.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.protobuf.ByteString;
import dev.codexlsp.core.model.FakeModelServer;
import dev.codexlsp.exec.Run;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Our agent, our exec-server in a process of its own, and one collector that both tell.
@Timeout(60)
class TraceAcrossProcessesIT {
  private static final String PROCESS = "codex.exec_server.process";

  @TempDir Path home;

  @Test
  void whatATurnAsksOfAnExecServerBelongsToTheTurn() throws Exception {
    try (OtlpCollector collector = new OtlpCollector();
        FakeModelServer model =
            FakeModelServer.playing(
                """
                response
                call {"name":"exec_command","callId":"c1","arguments":{"cmd":"echo hello"}}
                response
                message "Done."
                """)) {
      configure(model);
      runATurn(collector);

      Run.await(
          "the exec-server's last spans",
          () -> collector.spans().stream().anyMatch(span -> span.getName().equals(PROCESS)));
      List<Span> spans = collector.spans();
      ByteString turn = traceOf(spans, "codex.turn");
      assertThat(traceOf(spans, "process/start")).isEqualTo(turn);
      assertThat(traceOf(spans, PROCESS)).isEqualTo(turn);
    }
  }

  private void configure(FakeModelServer model) throws Exception {
    Files.writeString(
        home.resolve("config.toml"),
        """
        model = "mock-model"
        model_provider = "mock"
        approval_policy = "never"
        sandbox_mode = "danger-full-access"
        [model_providers.mock]
        name = "Mock"
        base_url = "%s"
        """
            .formatted(model.baseUrl()));
    Files.writeString(
        home.resolve("environments.toml"),
        """
        default = "other"
        [[environments]]
        id = "other"
        program = "%s"
        args = ["exec-server", "--listen", "stdio"]
        """
            .formatted(ServerProcess.LAUNCHER));
  }

  private void runATurn(OtlpCollector collector) throws Exception {
    Map<String, String> environment =
        Map.of("CODEX_HOME", home.toString(), "OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint());
    try (ServerProcess server =
        ServerProcess.start(home, ServerProcess.LAUNCHER, environment, "lsp")) {
      server.initialize("{'capabilities':{},'initializationOptions':{'codex':{'approvals':true}}}");
      server.send(request("codex/thread/start", "{'cwd':'%s'}".formatted(home)));
      JsonObject answer = server.receive();
      while (!answer.has("result")) {
        answer = server.receive();
      }
      JsonObject thread = answer.getAsJsonObject("result").getAsJsonObject("thread");
      server.send(
          request(
              "codex/turn/start",
              "{'threadId':'%s','input':[{'type':'text','text':'go'}]}"
                  .formatted(thread.get("id").getAsString())));
      JsonObject message = server.receive();
      while (!(message.has("method")
          && message.get("method").getAsString().equals("codex/turn/completed"))) {
        message = server.receive();
      }
      assertThat(message.toString()).contains("\"status\":\"completed\"");
      server.shutdownAndExit();
      assertThat(server.exitStatus(Duration.ofSeconds(10))).isZero();
    }
  }

  private static String request(String method, String params) {
    return "{'jsonrpc':'2.0','id':1,'method':'%s','params':%s}"
        .formatted(method, params)
        .replace('\'', '"');
  }

  private static ByteString traceOf(List<Span> spans, String name) {
    return spans.stream()
        .filter(span -> span.getName().equals(name))
        .map(Span::getTraceId)
        .findAny()
        .orElseThrow(() -> new AssertionError("no span " + name));
  }
}
