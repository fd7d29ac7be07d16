package dev.codexlsp.exec.telemetry;

import dev.codexlsp.exec.protocol.Trace;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Trace contexts on their way through messages.
public final class TraceContext {
  private static final String PARENT = "traceparent";
  private static final String STATE = "tracestate";

  private TraceContext() {}

  /// What requests of the calling thread belong to; null when to nothing.
  public static @Nullable Trace current() {
    if (!Span.current().getSpanContext().isValid()) {
      return null;
    }
    Map<String, String> fields = new HashMap<>();
    W3CTraceContextPropagator.getInstance()
        .inject(Context.current(), fields, (_, key, value) -> fields.put(key, value));
    return new Trace(fields.get(PARENT), fields.get(STATE));
  }

  /// The context that a message came with; the root when it makes no sense.
  static Context of(@Nullable Trace trace) {
    return trace == null
        ? Context.root()
        : W3CTraceContextPropagator.getInstance().extract(Context.root(), trace, new Fields());
  }

  private static final class Fields implements TextMapGetter<Trace> {
    @Override
    public Iterable<String> keys(Trace trace) {
      return List.of(PARENT, STATE);
    }

    @Override
    public @Nullable String get(@Nullable Trace trace, String key) {
      if (trace == null) {
        return null;
      }
      return key.equals(PARENT) ? trace.traceparent() : trace.tracestate();
    }
  }
}
