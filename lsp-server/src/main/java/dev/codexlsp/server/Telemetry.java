package dev.codexlsp.server;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.AggregationTemporalitySelector;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Where telemetry goes: to the collector that the environment names, or nowhere. Building it takes
/// some 200 ms, and nobody who has not asked for it pays them.
final class Telemetry implements AutoCloseable {
  private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";
  private static final String INTERVAL = "OTEL_METRIC_EXPORT_INTERVAL";
  private static final Set<String> SCHEMES = Set.of("http", "https");
  private static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(1);

  /// How long a collector may take; also at the end, which has to fit into [ProcessEnd#BOUND].
  private static final Duration EXPORT_TIMEOUT = Duration.ofMillis(800);

  private final OpenTelemetry api;
  private final @Nullable OpenTelemetrySdk sdk;

  private Telemetry(OpenTelemetry api, @Nullable OpenTelemetrySdk sdk) {
    this.api = api;
    this.sdk = sdk;
  }

  /// @param service how the process is called where the telemetry is looked at
  /// @throws IllegalArgumentException when the environment makes no sense; the message says why
  static Telemetry from(Map<String, String> environment, String service, String version) {
    String endpoint = environment.getOrDefault(ENDPOINT, "");
    if (endpoint.isEmpty()) {
      return new Telemetry(OpenTelemetry.noop(), null);
    }
    Resource resource =
        Resource.getDefault()
            .merge(
                Resource.create(
                    Attributes.builder()
                        .put("service.name", service)
                        .put("service.version", version)
                        .build()));
    OpenTelemetrySdk sdk = sdk(base(endpoint), interval(environment), resource);
    return new Telemetry(sdk, sdk);
  }

  /// Counts are told as what came since the last time, as the original tells them.
  private static OpenTelemetrySdk sdk(String base, Duration interval, Resource resource) {
    OtlpHttpMetricExporter metrics =
        OtlpHttpMetricExporter.builder()
            .setEndpoint(base + "/v1/metrics")
            .setTimeout(EXPORT_TIMEOUT)
            .setRetryPolicy(null)
            .setAggregationTemporalitySelector(AggregationTemporalitySelector.deltaPreferred())
            .build();
    OtlpHttpSpanExporter spans =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(base + "/v1/traces")
            .setTimeout(EXPORT_TIMEOUT)
            .setRetryPolicy(null)
            .build();
    OtlpHttpLogRecordExporter logs =
        OtlpHttpLogRecordExporter.builder()
            .setEndpoint(base + "/v1/logs")
            .setTimeout(EXPORT_TIMEOUT)
            .setRetryPolicy(null)
            .build();
    return OpenTelemetrySdk.builder()
        .setMeterProvider(
            SdkMeterProvider.builder()
                .setResource(resource)
                .registerMetricReader(
                    PeriodicMetricReader.builder(metrics).setInterval(interval).build())
                .build())
        .setTracerProvider(
            SdkTracerProvider.builder()
                .setResource(resource)
                .addSpanProcessor(BatchSpanProcessor.builder(spans).build())
                .build())
        .setLoggerProvider(
            SdkLoggerProvider.builder()
                .setResource(resource)
                .addLogRecordProcessor(BatchLogRecordProcessor.builder(logs).build())
                .build())
        .build();
  }

  private static String base(String endpoint) {
    try {
      URI uri = new URI(endpoint);
      if (uri.getHost() != null && SCHEMES.contains(uri.getScheme())) {
        return endpoint.endsWith("/") ? endpoint.substring(0, endpoint.length() - 1) : endpoint;
      }
    } catch (URISyntaxException _) {
      // The same words as for another scheme.
    }
    throw new IllegalArgumentException(ENDPOINT + " must be an http or https URL");
  }

  private static Duration interval(Map<String, String> environment) {
    String millis = environment.getOrDefault(INTERVAL, "");
    if (millis.isEmpty()) {
      return DEFAULT_INTERVAL;
    }
    try {
      long value = Long.parseLong(millis);
      if (value > 0) {
        return Duration.ofMillis(value);
      }
    } catch (NumberFormatException _) {
      // The same words as for a number that is too small.
    }
    throw new IllegalArgumentException(
        INTERVAL + " must be a number of milliseconds, not `" + millis + "`");
  }

  OpenTelemetry api() {
    return api;
  }

  /// Sends what has not been sent.
  @Override
  public void close() {
    if (sdk != null) {
      sdk.shutdown().join(EXPORT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }
  }
}
