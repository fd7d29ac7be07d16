package dev.codexlsp.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.codexlsp.exec.Run;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The packaged exec-server, and a collector that it was told of.
@Timeout(60)
class ExecServerTelemetryIT {
  private static final Duration END = Duration.ofSeconds(2);
  private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";

  private OtlpCollector collector;
  private Process server;
  private BufferedReader out;

  /// How a server can be told to end.
  enum Ending {
    END_OF_INPUT,
    SIGTERM
  }

  @BeforeEach
  void start() throws Exception {
    collector = new OtlpCollector();
    ProcessBuilder builder =
        new ProcessBuilder(ServerProcess.LAUNCHER.toString(), "exec-server", "--listen", "stdio")
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("CODEX_LSP_JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint());
    builder.environment().put("OTEL_METRIC_EXPORT_INTERVAL", "200");
    server = builder.start();
    out = server.inputReader(StandardCharsets.UTF_8);
  }

  @AfterEach
  void stop() {
    server.destroyForcibly();
    collector.close();
  }

  private void send(String message) throws IOException {
    server
        .getOutputStream()
        .write((message.replace('\'', '"') + "\n").getBytes(StandardCharsets.UTF_8));
    server.getOutputStream().flush();
  }

  private JsonObject receive() throws IOException {
    return JsonParser.parseString(Objects.requireNonNull(out.readLine())).getAsJsonObject();
  }

  /// The pid that the command has printed.
  private long pid() throws IOException {
    JsonObject message = receive();
    while (!message.has("method")) {
      message = receive();
    }
    String chunk = message.getAsJsonObject("params").get("chunk").getAsString();
    return Long.parseLong(
        new String(Base64.getDecoder().decode(chunk), StandardCharsets.UTF_8).strip());
  }

  private static String command(int id, String process, String script) {
    return """
    {'id':%d,'method':'process/start','params':{'processId':'%s','argv':['/bin/sh','-c','%s'],\
    'cwd':'file:///','env':{},'tty':false},\
    'trace':{'traceparent':'00-%s-b7ad6b7169203331-01'}}\
    """
        .formatted(id, process, script, TRACE_ID);
  }

  private void end(Ending how) throws Exception {
    switch (how) {
      case END_OF_INPUT -> server.getOutputStream().close();
      case SIGTERM -> server.destroy();
    }
    assertThat(server.waitFor(END.toMillis() + 500, TimeUnit.MILLISECONDS)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Ending.class)
  void whatHappenedIsToldToTheEnd(Ending ending) throws Exception {
    send("{'id':1,'method':'initialize','params':{'clientName':'x'}}");
    receive();
    send("{'method':'initialized'}");
    send(command(2, "p", "echo $$; exec sleep 1000"));
    long pid = pid();
    send("{'id':3,'method':'my/own','params':{}}");
    receive();
    awaitTwoCollectionsOf(
        Map.of(
            "exec_server_connections_active{transport:relay}", 0L,
            "exec_server_connections_active{transport:stdio}", 1L,
            "exec_server_connections_active{transport:websocket}", 0L,
            "exec_server_processes_active{}", 1L));

    end(ending);

    assertThat(Run.isAlive(pid)).isFalse();
    assertThat(active(collector.collections().getLast()))
        .containsEntry("exec_server_processes_active{}", 0L)
        .containsEntry("exec_server_connections_active{transport:stdio}", 0L);
    assertThat(collector.sums())
        .containsAllEntriesOf(
            Map.of(
                "exec_server_connections_total{transport:stdio}", 1L,
                "exec_server_requests_total{method:initialize,result:success}", 1L,
                "exec_server_requests_total{method:process/start,result:success}", 1L,
                "exec_server_requests_total{method:unknown,result:error}", 1L,
                "exec_server_request_duration_seconds{method:process/start,result:success}", 1L,
                "exec_server_processes_finished_total{result:terminated}", 1L,
                "exec_server_process_duration_seconds{result:terminated}", 1L))
        .doesNotContainKey("exec_server_processes_finished_total{result:success}")
        .doesNotContainKey("exec_server_processes_finished_total{result:error}");
    assertThat(collector.wrong()).isEmpty();
    assertSpansAndLogs();
  }

  private void assertSpansAndLogs() {
    assertThat(
            collector.spans().stream()
                .filter(span -> TRACE_ID.equals(hex(span.getTraceId().toByteArray())))
                .map(Span::getName))
        .containsExactlyInAnyOrder("process/start", "codex.exec_server.process");
    assertThat(collector.spans().stream().map(Span::getName)).contains("unknown", "initialize");
    assertThat(collector.logs())
        .extracting(LogRecord::getAttributesList)
        .extracting(OtlpCollector::labels)
        .contains("{event.name:codex.exec_server.process_start,sandbox.type:none}");
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /// Gauges say what is so, also when nothing has changed since the last time.
  private void awaitTwoCollectionsOf(Map<String, Long> expected) {
    Run.await(
        "two collections in a row that tell " + expected,
        () -> {
          List<Map<String, Long>> all = collector.collections();
          return all.size() >= 2
              && all.subList(all.size() - 2, all.size()).stream()
                  .allMatch(collection -> active(collection).equals(expected));
        });
  }

  private static Map<String, Long> active(Map<String, Long> collection) {
    Map<String, Long> active = new TreeMap<>(collection);
    active.keySet().removeIf(name -> !name.contains("_active"));
    return active;
  }
}
