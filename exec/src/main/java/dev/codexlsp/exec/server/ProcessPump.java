package dev.codexlsp.exec.server;

import dev.codexlsp.exec.ExecProcess;
import dev.codexlsp.exec.ProcessEvent;
import dev.codexlsp.exec.ProcessEvent.Closed;
import dev.codexlsp.exec.ProcessEvent.Exited;
import dev.codexlsp.exec.ProcessEvent.Lost;
import dev.codexlsp.exec.ProcessEvent.Output;
import dev.codexlsp.exec.protocol.ExecMethods;
import dev.codexlsp.exec.protocol.ProcessClosed;
import dev.codexlsp.exec.protocol.ProcessExited;
import dev.codexlsp.exec.protocol.ProcessOutput;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Takes the events of one process to its log, to the registry and to the client, in this order and
/// in the order of their numbers, on a virtual thread of its own that ends with the last event.
final class ProcessPump implements Runnable {
  private static final Logger LOG = Logger.getLogger(ProcessPump.class.getName());

  /// Every process ends at some time, so this is only how often the thread looks about.
  private static final Duration PATIENCE = Duration.ofHours(1);

  private final ServedProcess served;
  private final ExecProcess process;
  private final ProcessRegistry registry;

  ProcessPump(ServedProcess served, ExecProcess process, ProcessRegistry registry) {
    this.served = served;
    this.process = process;
    this.registry = registry;
  }

  void start() {
    Thread.ofVirtual().name("exec-pump-" + served.id()).start(this);
  }

  @Override
  public void run() {
    try {
      @Nullable ProcessEvent event = null;
      while (!(event instanceof ProcessEvent.Last)) {
        event = process.next(PATIENCE);
        if (event != null) {
          pump(event);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error bug) {
      LOG.log(Level.SEVERE, "the events of a process got lost", bug);
      process.terminate();
      registry.closed(served);
    }
  }

  private void pump(ProcessEvent event) throws InterruptedException {
    Session client = served.session();
    String id = served.id();
    switch (event) {
      case Output output -> {
        served.log().output(output);
        client.tell(
            ExecMethods.PROCESS_OUTPUT,
            new ProcessOutput(id, output.sequence(), output.stream(), output.bytes()));
      }
      case Exited exited -> {
        registry.exited(served, exited.exitCode());
        served.log().exited(exited);
        client.tell(
            ExecMethods.PROCESS_EXITED,
            new ProcessExited(id, exited.sequence(), exited.exitCode(), exited.sandboxDenied()));
      }
      case Closed closed -> {
        served.log().closed(closed);
        registry.closed(served);
        client.tell(ExecMethods.PROCESS_CLOSED, new ProcessClosed(id, closed.sequence()));
      }
      case Lost lost -> {
        served.log().lost(lost);
        registry.closed(served);
        client.tell(ExecMethods.PROCESS_CLOSED, new ProcessClosed(id, lost.sequence()));
      }
    }
  }
}
