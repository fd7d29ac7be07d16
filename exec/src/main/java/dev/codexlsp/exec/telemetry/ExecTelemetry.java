package dev.codexlsp.exec.telemetry;

import dev.codexlsp.exec.protocol.ExecMessage;
import dev.codexlsp.exec.protocol.ProcessStart;
import dev.codexlsp.exec.sandbox.Rung;
import dev.codexlsp.exec.server.ExecObserver;
import dev.codexlsp.exec.server.Peer;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Tells what happens in a server.
///
/// What is going on now is told at each collection, whether something has changed or not: of a
/// gauge that is set when something changes, an interval without a change would show nothing.
public final class ExecTelemetry implements ExecObserver {
  /// A way to connect that we do not have; dashboards expect its point.
  private static final String RELAY = "relay";

  private final Map<Peer.Transport, ActiveCount> connections = new EnumMap<>(Peer.Transport.class);
  private final LongCounter connected;
  private final RequestTelemetry requests;
  private final ProcessTelemetry processes;

  public ExecTelemetry(OpenTelemetry telemetry) {
    Meter meter = telemetry.getMeter(Names.SCOPE);
    for (Peer.Transport transport : Peer.Transport.values()) {
      connections.put(transport, new ActiveCount());
    }
    var _ =
        meter
            .gaugeBuilder(Names.CONNECTIONS_ACTIVE)
            .ofLongs()
            .buildWithCallback(this::observeConnections);
    connected = meter.counterBuilder(Names.CONNECTIONS).build();
    requests = new RequestTelemetry(meter, telemetry.getTracer(Names.SCOPE));
    processes =
        new ProcessTelemetry(
            meter, telemetry.getTracer(Names.SCOPE), telemetry.getLogsBridge().get(Names.SCOPE));
  }

  private void observeConnections(ObservableLongMeasurement measurement) {
    connections.forEach(
        (transport, count) -> measurement.record(count.now(), transport(transport)));
    measurement.record(0, Attributes.of(Names.TRANSPORT, RELAY));
  }

  private static Attributes transport(Peer.Transport transport) {
    return Attributes.of(Names.TRANSPORT, word(transport));
  }

  /// As labels and attributes say it.
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Runnable connected(Peer.Transport transport) {
    connected.add(1, transport(transport));
    return connections.getOrDefault(transport, new ActiveCount()).enter();
  }

  @Override
  public Consumer<Outcome> admitted(ExecMessage.Request request, long receivedAt) {
    return requests.admitted(request, receivedAt);
  }

  @Override
  public RunningProcess started(ProcessStart start, @Nullable Rung rung) {
    return processes.started(start, rung);
  }

  @Override
  public void failed(ProcessStart start) {
    processes.failed(start);
  }
}
