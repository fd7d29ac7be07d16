package dev.codexlsp.exec.telemetry;

import dev.codexlsp.exec.protocol.ProcessStart;
import dev.codexlsp.exec.sandbox.Rung;
import dev.codexlsp.exec.server.ExecObserver.Completion;
import dev.codexlsp.exec.server.ExecObserver.RunningProcess;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.logs.LogRecordBuilder;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Tells of processes: how many run, how they ended and how long it took; a span for each, and log
/// events for the beginning and the end.
final class ProcessTelemetry {
  private static final String UNCONFINED = "none";

  /// Ids of others are kept only if they look like ids.
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.:-]{1,256}");

  private final ActiveCount active = new ActiveCount();
  private final LongCounter finished;
  private final DoubleHistogram duration;
  private final Tracer tracer;
  private final Logger logger;

  ProcessTelemetry(Meter meter, Tracer tracer, Logger logger) {
    var _ =
        meter
            .gaugeBuilder(Names.PROCESSES_ACTIVE)
            .ofLongs()
            .buildWithCallback(measurement -> measurement.record(active.now()));
    finished = meter.counterBuilder(Names.PROCESSES_FINISHED).build();
    duration = RequestTelemetry.histogram(meter, Names.PROCESS_DURATION);
    this.tracer = tracer;
    this.logger = logger;
  }

  /// The process belongs to the request that is handled on the calling thread, and outlives it.
  ///
  /// @param rung what confines it; null for nothing
  RunningProcess started(ProcessStart start, @Nullable Rung rung) {
    Context request = Context.current();
    Attributes launch = launch(start, rung == null ? UNCONFINED : rung.word());
    event(Names.START_EVENT, Severity.INFO, request, launch).emit();
    Span span =
        tracer
            .spanBuilder(Names.PROCESS_SPAN)
            .setParent(request)
            .setAttribute(Names.PROCESS_ID, start.processId())
            .startSpan();
    return new Running(System.nanoTime(), active.enter(), span, request, launch);
  }

  /// What was to be confined has met no sandbox that could be named.
  void failed(ProcessStart start) {
    Attributes launch = launch(start, start.sandbox() == null ? UNCONFINED : null);
    event(Names.FAILURE_EVENT, Severity.WARN, Context.current(), launch).emit();
  }

  private static Attributes launch(ProcessStart start, @Nullable String sandbox) {
    AttributesBuilder attributes = Attributes.builder();
    if (sandbox != null) {
      attributes.put(Names.SANDBOX_TYPE, sandbox);
    }
    ProcessStart.@Nullable Metadata metadata = start.metadata();
    if (metadata != null) {
      putId(attributes, Names.CONVERSATION_ID, metadata.threadId());
      putId(attributes, Names.TOOL_CALL_ID, metadata.toolCallId());
    }
    return attributes.build();
  }

  private static void putId(
      AttributesBuilder attributes, AttributeKey<String> key, @Nullable String id) {
    if (id != null && ID.matcher(id).matches()) {
      attributes.put(key, id);
    }
  }

  /// The record carries the ids of the trace by its context.
  private LogRecordBuilder event(
      String name, Severity severity, Context request, Attributes launch) {
    return logger
        .logRecordBuilder()
        .setContext(request)
        .setSeverity(severity)
        .setAllAttributes(launch)
        .setAttribute(Names.EVENT_NAME, name);
  }

  private final class Running implements RunningProcess {
    private final long startedAt;
    private final Runnable leave;
    private final Span span;
    private final Context request;
    private final Attributes launch;

    Running(long startedAt, Runnable leave, Span span, Context request, Attributes launch) {
      this.startedAt = startedAt;
      this.leave = leave;
      this.span = span;
      this.request = request;
      this.launch = launch;
    }

    @Override
    public void completed(Completion how) {
      leave.run();
      Attributes labels = Attributes.of(Names.RESULT, ExecTelemetry.word(how));
      finished.add(1, labels);
      duration.record((System.nanoTime() - startedAt) / RequestTelemetry.NANOS, labels);
      span.setAllAttributes(labels);
      span.end();
    }

    @Override
    public void exited(int exitCode, boolean terminationWanted) {
      event(Names.EXIT_EVENT, Severity.INFO, request, launch)
          .setAttribute(Names.EXIT_CODE, (long) exitCode)
          .setAttribute(Names.TERMINATION_REQUESTED, terminationWanted)
          .emit();
    }
  }
}
