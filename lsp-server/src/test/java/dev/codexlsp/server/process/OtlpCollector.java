package dev.codexlsp.server.process;

import com.google.protobuf.InvalidProtocolBufferException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A collector of telemetry on a socket of this machine, which keeps what it is told.
final class OtlpCollector implements AutoCloseable {
  private final HttpServer server;
  private final List<Map<String, Long>> collections = new ArrayList<>();
  private final List<Span> spans = new ArrayList<>();
  private final List<LogRecord> logs = new ArrayList<>();
  private final List<String> wrong = new ArrayList<>();

  OtlpCollector() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::hear);
    server.start();
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void hear(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    synchronized (this) {
      keep(exchange.getRequestURI().getPath(), body);
    }
    exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  private void keep(String path, byte[] body) throws InvalidProtocolBufferException {
    switch (path) {
      case "/v1/metrics" -> collections.add(points(ExportMetricsServiceRequest.parseFrom(body)));
      case "/v1/traces" ->
          ExportTraceServiceRequest.parseFrom(body)
              .getResourceSpansList()
              .forEach(resource ->
                  resource
                      .getScopeSpansList()
                      .forEach(scope -> spans.addAll(scope.getSpansList())));
      case "/v1/logs" ->
          ExportLogsServiceRequest.parseFrom(body)
              .getResourceLogsList()
              .forEach(resource ->
                  resource
                      .getScopeLogsList()
                      .forEach(scope -> logs.addAll(scope.getLogRecordsList())));
      default -> wrong.add(path);
    }
  }

  /// Names with their labels, and what they say: a value, or how many a histogram has counted.
  private Map<String, Long> points(ExportMetricsServiceRequest request) {
    Map<String, Long> points = new TreeMap<>();
    request
        .getResourceMetricsList()
        .forEach(resource ->
            resource
                .getScopeMetricsList()
                .forEach(scope -> scope.getMetricsList().forEach(metric -> keep(metric, points))));
    return points;
  }

  private void keep(Metric metric, Map<String, Long> points) {
    switch (metric.getDataCase()) {
      case GAUGE -> keepNumbers(metric, metric.getGauge().getDataPointsList(), points);
      case SUM -> {
        requireDelta(metric, metric.getSum().getAggregationTemporality());
        keepNumbers(metric, metric.getSum().getDataPointsList(), points);
      }
      case HISTOGRAM -> {
        requireDelta(metric, metric.getHistogram().getAggregationTemporality());
        metric
            .getHistogram()
            .getDataPointsList()
            .forEach(point ->
                points.put(metric.getName() + labels(point.getAttributesList()), point.getCount()));
      }
      case EXPONENTIAL_HISTOGRAM, SUMMARY, DATA_NOT_SET -> wrong.add(metric.getName());
    }
  }

  private void requireDelta(Metric metric, AggregationTemporality temporality) {
    // The SDK's metrics about itself are not ours to choose.
    if (temporality != AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA) {
      wrong.add(metric.getName() + " " + temporality);
    }
  }

  private static void keepNumbers(
      Metric metric, List<NumberDataPoint> numbers, Map<String, Long> points) {
    numbers.forEach(point ->
        points.put(metric.getName() + labels(point.getAttributesList()), point.getAsInt()));
  }

  static String labels(List<KeyValue> attributes) {
    return attributes.stream()
        .map(pair -> pair.getKey() + ":" + pair.getValue().getStringValue())
        .sorted()
        .collect(Collectors.joining(",", "{", "}"));
  }

  /// What each collection of the exec-server's metrics said, in order.
  synchronized List<Map<String, Long>> collections() {
    return List.copyOf(collections);
  }

  /// All collections together, of what is counted.
  synchronized Map<String, Long> sums() {
    Map<String, Long> sums = new TreeMap<>();
    collections.forEach(points ->
        points.forEach((name, value) -> {
          if (!name.contains("_active")) {
            sums.merge(name, value, Long::sum);
          }
        }));
    return sums;
  }

  synchronized List<Span> spans() {
    return List.copyOf(spans);
  }

  synchronized List<LogRecord> logs() {
    return List.copyOf(logs);
  }

  synchronized List<String> wrong() {
    return List.copyOf(wrong);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
