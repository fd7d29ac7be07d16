package dev.codexlsp.exec.protocol;

import org.jspecify.annotations.Nullable;

/// The W3C trace context that a request belongs to, as it came: nobody has looked whether it makes
/// sense.
public record Trace(@Nullable String traceparent, @Nullable String tracestate) {}
