package dev.codexlsp.exec.telemetry;

import dev.codexlsp.exec.protocol.ExecMessage;
import dev.codexlsp.exec.protocol.ExecMethods;
import dev.codexlsp.exec.protocol.Row;
import dev.codexlsp.exec.server.ExecObserver.Outcome;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Tells of requests: how many, how long they waited and took, and a span for each.
final class RequestTelemetry {
  /// In a second.
  static final double NANOS = 1e9;

  /// The one word for whatever a client made up, so that it cannot fill the metrics with its words.
  private static final String UNKNOWN = "unknown";

  private static final Set<String> METHODS =
      ExecMethods.REQUESTS.stream().map(Row.Request::name).collect(Collectors.toUnmodifiableSet());

  private final LongCounter count;
  private final DoubleHistogram duration;
  private final DoubleHistogram queueDuration;
  private final DoubleHistogram totalDuration;
  private final Tracer tracer;

  RequestTelemetry(Meter meter, Tracer tracer) {
    count = meter.counterBuilder(Names.REQUESTS).build();
    duration = histogram(meter, Names.REQUEST_DURATION);
    queueDuration = histogram(meter, Names.REQUEST_QUEUE_DURATION);
    totalDuration = histogram(meter, Names.REQUEST_TOTAL_DURATION);
    this.tracer = tracer;
  }

  static DoubleHistogram histogram(Meter meter, String name) {
    return meter
        .histogramBuilder(name)
        .setUnit(Names.SECONDS)
        .setExplicitBucketBoundariesAdvice(Names.DURATION_BOUNDS)
        .build();
  }

  /// The span is current on the calling thread until the request has ended.
  @SuppressWarnings("MustBeClosedChecker")
  Consumer<Outcome> admitted(ExecMessage.Request request, long receivedAt) {
    long admittedAt = System.nanoTime();
    long queued = admittedAt - receivedAt;
    String method = METHODS.contains(request.method()) ? request.method() : UNKNOWN;
    queueDuration.record(queued / NANOS, Attributes.of(Names.METHOD, method));
    Span span =
        tracer
            .spanBuilder(method)
            .setSpanKind(SpanKind.SERVER)
            .setParent(TraceContext.of(request.trace()))
            .setStartTimestamp(Instant.now().minusNanos(queued))
            .setAttribute(Names.DISPATCH_OFFSET, queued)
            .startSpan();
    if (method.equals(UNKNOWN)) {
      span.setAttribute(Names.RAW_METHOD, request.method());
    }
    Scope scope = span.makeCurrent();
    return outcome -> {
      scope.close();
      long now = System.nanoTime();
      Attributes labels =
          Attributes.of(Names.METHOD, method, Names.RESULT, ExecTelemetry.word(outcome));
      count.add(1, labels);
      duration.record((now - admittedAt) / NANOS, labels);
      totalDuration.record((now - receivedAt) / NANOS, labels);
      span.setAllAttributes(labels);
      span.setAttribute(Names.ENQUEUE_OFFSET, now - receivedAt);
      if (outcome != Outcome.SUCCESS) {
        span.setStatus(StatusCode.ERROR);
      }
      span.end();
    };
  }
}
