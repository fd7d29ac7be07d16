package dev.codexlsp.exec.server;

import dev.codexlsp.exec.ExecProcess;
import dev.codexlsp.exec.ProcessEvent;
import dev.codexlsp.exec.ProcessEvent.Closed;
import dev.codexlsp.exec.ProcessEvent.Exited;
import dev.codexlsp.exec.ProcessEvent.Lost;
import dev.codexlsp.exec.ProcessEvent.NeverRan;
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

  /// How a command is told to have ended that has not run.
  private static final int NEVER_RAN = 1;

  private final ServedProcess served;
  private final ExecProcess process;
  private final ProcessRegistry registry;
  private final Duration heldOutput;

  /// @param heldOutput how long output is told after the exit
  ProcessPump(
      ServedProcess served, ExecProcess process, ProcessRegistry registry, Duration heldOutput) {
    this.served = served;
    this.process = process;
    this.registry = registry;
    this.heldOutput = heldOutput;
  }

  void start() {
    Thread.ofVirtual().name("exec-pump-" + served.id()).start(this);
  }

  /// Takes the events of a process that nobody wants to hear of, until its end.
  static void discard(String id, ExecProcess process) {
    Thread.ofVirtual()
        .name("exec-discard-" + id)
        .start(() -> {
          try {
            each(process, event -> {});
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private interface Taker {
    void take(ProcessEvent event) throws InterruptedException;
  }

  private static void each(ExecProcess process, Taker taker) throws InterruptedException {
    @Nullable ProcessEvent event = null;
    while (!(event instanceof ProcessEvent.Last)) {
      event = process.next(PATIENCE);
      if (event != null) {
        taker.take(event);
      }
    }
  }

  /// Until the last event, or until the output has been held for too long.
  private void pumpAll() throws InterruptedException {
    long closeAt = Long.MAX_VALUE;
    @Nullable ProcessEvent event = null;
    while (!(event instanceof ProcessEvent.Last)) {
      long now = System.nanoTime();
      Duration left = closeAt == Long.MAX_VALUE ? PATIENCE : Duration.ofNanos(closeAt - now);
      if (left.isNegative()) {
        closeHeld();
        return;
      }
      event = process.next(left);
      if (event != null) {
        pump(event);
      }
      if (event instanceof Exited) {
        closeAt = System.nanoTime() + heldOutput.toNanos();
      }
    }
  }

  private void closeHeld() throws InterruptedException {
    discard(served.id(), process);
    pump(new Closed(served.log().lastSequence() + 1, false));
  }

  @Override
  public void run() {
    try {
      try {
        pumpAll();
      } catch (RuntimeException | Error bug) {
        LOG.log(Level.SEVERE, "the events of a process got lost", bug);
        giveUp();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Whoever waits for the process must hear that there is nothing to wait for.
  private void giveUp() throws InterruptedException {
    process.terminate();
    discard(served.id(), process);
    long last = served.log().lost("the events of the process got lost");
    registry.closed(served);
    served.session().tell(ExecMethods.PROCESS_CLOSED, new ProcessClosed(served.id(), last));
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
      case NeverRan unrun -> {
        registry.exited(served, NEVER_RAN);
        long last = served.log().neverRan(unrun, NEVER_RAN);
        registry.closed(served);
        // Without a word on denial, so that the client asks, and finds the reason.
        client.tell(
            ExecMethods.PROCESS_EXITED, new ProcessExited(id, unrun.sequence(), NEVER_RAN, null));
        client.tell(ExecMethods.PROCESS_CLOSED, new ProcessClosed(id, last));
      }
      case Lost lost -> {
        served.log().lost(lost);
        registry.closed(served);
        client.tell(ExecMethods.PROCESS_CLOSED, new ProcessClosed(id, lost.sequence()));
      }
    }
  }
}
