package dev.codexlsp.exec.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.exec.protocol.ExecMessage;
import dev.codexlsp.exec.protocol.Payload;
import dev.codexlsp.exec.protocol.ProcessStart;
import dev.codexlsp.exec.protocol.RequestId;
import dev.codexlsp.exec.protocol.Trace;
import dev.codexlsp.exec.sandbox.Rung;
import dev.codexlsp.exec.server.ExecObserver.Completion;
import dev.codexlsp.exec.server.ExecObserver.Outcome;
import dev.codexlsp.exec.server.ExecObserver.RunningProcess;
import dev.codexlsp.exec.server.Peer.Transport;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.SimpleLogRecordProcessor;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.testing.exporter.InMemoryLogRecordExporter;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExecTelemetryTest {
  private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";
  private static final String SPAN_ID = "b7ad6b7169203331";
  private static final ProcessStart START = start("{\"threadId\":\"t-1\",\"toolCallId\":\"a b\"}");

  private final InMemoryMetricReader metrics = InMemoryMetricReader.createDelta();
  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final InMemoryLogRecordExporter logs = InMemoryLogRecordExporter.create();
  private final OpenTelemetrySdk sdk =
      OpenTelemetrySdk.builder()
          .setMeterProvider(SdkMeterProvider.builder().registerMetricReader(metrics).build())
          .setTracerProvider(
              SdkTracerProvider.builder()
                  .addSpanProcessor(SimpleSpanProcessor.create(spans))
                  .build())
          .setLoggerProvider(
              SdkLoggerProvider.builder()
                  .addLogRecordProcessor(SimpleLogRecordProcessor.create(logs))
                  .build())
          .build();
  private final ExecTelemetry telemetry = new ExecTelemetry(sdk);

  @AfterEach
  void close() {
    sdk.close();
  }

  private static ProcessStart start(String metadata) {
    return Payload.parse(
            """
            {"processId":"p","argv":["secret-program"],"cwd":"file:///secret","env":{"S":"secret"},
             "tty":false,"metadata":%s}\
            """
                .formatted(metadata))
        .as(ProcessStart.class);
  }

  private static ExecMessage.Request request(String method, @Nullable Trace trace) {
    return new ExecMessage.Request(
        new RequestId.Numeric(1), method, Payload.parse("{\"secret\":1}"), trace);
  }

  /// What one collection tells: names with their points, as text.
  private Map<String, String> collected() {
    Map<String, String> all = new TreeMap<>();
    for (MetricData metric : metrics.collectAllMetrics()) {
      all.put(metric.getName() + " " + metric.getType() + " " + metric.getUnit(), points(metric));
    }
    return all;
  }

  private static String points(MetricData metric) {
    return switch (metric.getType()) {
      case LONG_GAUGE -> text(metric.getLongGaugeData().getPoints(), p -> "" + p.getValue());
      case LONG_SUM -> text(metric.getLongSumData().getPoints(), p -> "" + p.getValue());
      case HISTOGRAM -> text(metric.getHistogramData().getPoints(), p -> "" + p.getCount());
      default -> throw new AssertionError("no such kind is expected: " + metric);
    };
  }

  private static <P extends PointData> String text(
      Collection<P> points, Function<P, String> value) {
    return points.stream()
        .map(point -> labels(point.getAttributes()) + "=" + value.apply(point))
        .sorted()
        .collect(Collectors.joining(" "));
  }

  private static String labels(Attributes attributes) {
    return attributes.asMap().entrySet().stream()
        .map(entry -> entry.getKey().getKey() + ":" + entry.getValue())
        .sorted()
        .collect(Collectors.joining(",", "{", "}"));
  }

  @Test
  void whatGoesOnNowIsToldAtEachCollection() {
    Runnable leave = telemetry.connected(Transport.WEBSOCKET);
    RunningProcess process = telemetry.started(START, null);
    String connections = "exec_server_connections_active LONG_GAUGE ";
    String processes = "exec_server_processes_active LONG_GAUGE ";
    for (int round = 0; round < 2; round++) {
      assertThat(collected())
          .containsEntry(
              connections, "{transport:relay}=0 {transport:stdio}=0 {transport:websocket}=1")
          .containsEntry(processes, "{}=1");
    }
    leave.run();
    leave.run();
    process.completed(Completion.TERMINATED);
    assertThat(collected())
        .containsEntry(
            connections, "{transport:relay}=0 {transport:stdio}=0 {transport:websocket}=0")
        .containsEntry(processes, "{}=0");
  }

  @Test
  void namesKindsUnitsAndLabels() {
    telemetry.connected(Transport.STDIO).run();
    long now = System.nanoTime();
    telemetry.admitted(request("process/start", null), now).accept(Outcome.SUCCESS);
    telemetry.admitted(request("my/secret", null), now).accept(Outcome.ERROR);
    telemetry.admitted(request("process/read", null), now).accept(Outcome.DISCONNECTED);
    telemetry.started(START, null).completed(Completion.SUCCESS);
    telemetry.failed(START);

    String outcomes =
        "{method:process/read,result:disconnected}=1 {method:process/start,result:success}=1"
            + " {method:unknown,result:error}=1";
    assertThat(collected())
        .isEqualTo(
            new TreeMap<>(
                Map.of(
                    "exec_server_connections_active LONG_GAUGE ",
                    "{transport:relay}=0 {transport:stdio}=0 {transport:websocket}=0",
                    "exec_server_connections_total LONG_SUM ",
                    "{transport:stdio}=1",
                    "exec_server_requests_total LONG_SUM ",
                    outcomes,
                    "exec_server_request_duration_seconds HISTOGRAM s",
                    outcomes,
                    "exec_server_request_total_duration_seconds HISTOGRAM s",
                    outcomes,
                    "exec_server_request_queue_duration_seconds HISTOGRAM s",
                    "{method:process/read}=1 {method:process/start}=1 {method:unknown}=1",
                    "exec_server_processes_active LONG_GAUGE ",
                    "{}=0",
                    "exec_server_processes_finished_total LONG_SUM ",
                    "{result:success}=1",
                    "exec_server_process_duration_seconds HISTOGRAM s",
                    "{result:success}=1")));
  }

  @Test
  void durationsAreCutWhereTheOriginalCutsThem() {
    telemetry.started(START, null).completed(Completion.ERROR);
    HistogramPointData point =
        metrics.collectAllMetrics().stream()
            .filter(metric -> metric.getName().equals("exec_server_process_duration_seconds"))
            .flatMap(metric -> metric.getHistogramData().getPoints().stream())
            .findAny()
            .orElseThrow();
    assertThat(point.getBoundaries()).isEqualTo(Names.DURATION_BOUNDS).hasSize(21);
  }

  @Test
  void aRequestIsASpanOfTheTraceItCameWith() {
    Trace trace = new Trace("00-" + TRACE_ID + "-" + SPAN_ID + "-01", null);
    Consumer<Outcome> start =
        telemetry.admitted(request("process/start", trace), System.nanoTime());
    assertThat(TraceContext.current())
        .isEqualTo(
            new Trace(
                "00-" + TRACE_ID + "-" + Span.current().getSpanContext().getSpanId() + "-01",
                null));
    RunningProcess process = telemetry.started(START, null);
    start.accept(Outcome.SUCCESS);
    assertThat(TraceContext.current()).isNull();
    process.completed(Completion.ERROR);

    List<SpanData> ended = spans.getFinishedSpanItems();
    assertThat(ended)
        .extracting(SpanData::getName)
        .containsExactly("process/start", "codex.exec_server.process");
    SpanData request = ended.getFirst();
    assertThat(request.getKind()).isEqualTo(SpanKind.SERVER);
    assertThat(request.getTraceId()).isEqualTo(TRACE_ID);
    assertThat(request.getParentSpanId()).isEqualTo(SPAN_ID);
    assertThat(request.getAttributes().asMap().keySet())
        .extracting(AttributeKey::getKey)
        .containsExactlyInAnyOrder(
            "method", "result", "rpc.dispatch_offset_ns", "rpc.response_enqueue_offset_ns");
    assertThat(ended.getLast().getParentSpanId()).isEqualTo(request.getSpanId());
    assertThat(labels(ended.getLast().getAttributes())).isEqualTo("{process.id:p,result:error}");
  }

  @Test
  void aMethodThatNobodyKnowsDoesNotNameItsSpan() {
    telemetry.admitted(request("my/own", null), System.nanoTime()).accept(Outcome.ERROR);
    SpanData span = spans.getFinishedSpanItems().getFirst();
    assertThat(span.getName()).isEqualTo("unknown");
    assertThat(span.getAttributes().get(Names.METHOD)).isEqualTo("unknown");
    assertThat(span.getAttributes().get(Names.RAW_METHOD)).isEqualTo("my/own");
  }

  @Test
  void nonsenseForATraceBeginsANewOne() {
    telemetry
        .admitted(request("process/read", new Trace("00-nonsense", "x")), System.nanoTime())
        .accept(Outcome.SUCCESS);
    SpanData span = spans.getFinishedSpanItems().getFirst();
    assertThat(span.getSpanContext().isValid()).isTrue();
    assertThat(span.getParentSpanContext().isValid()).isFalse();
  }

  @Test
  void theLifeOfAProcessIsLoggedWithoutWhatTheUserWrote() {
    RunningProcess process = telemetry.started(START, null);
    process.exited(143, true);
    process.completed(Completion.TERMINATED);
    telemetry.failed(START);
    assertThat(logs.getFinishedLogRecordItems())
        .extracting(record -> labels(record.getAttributes()))
        .containsExactly(
            "{conversation.id:t-1,event.name:codex.exec_server.process_start,sandbox.type:none}",
            "{conversation.id:t-1,event.name:codex.exec_server.process_exit,process.exit_code:143,"
                + "process.termination_requested:true,sandbox.type:none}",
            "{conversation.id:t-1,event.name:codex.exec_server.process_spawn_failed,"
                + "sandbox.type:none}");
    assertThat(logs.getFinishedLogRecordItems().toString()).doesNotContain("secret");
  }

  @ParameterizedTest
  @EnumSource(Rung.class)
  void theSandboxIsNamed(Rung rung) {
    telemetry.started(START, rung).completed(Completion.SUCCESS);
    assertThat(logs.getFinishedLogRecordItems().getFirst().getAttributes().get(Names.SANDBOX_TYPE))
        .isEqualTo(rung.word());
  }
}
