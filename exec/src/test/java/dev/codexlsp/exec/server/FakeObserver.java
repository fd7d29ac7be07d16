package dev.codexlsp.exec.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.exec.protocol.ExecMessage;
import dev.codexlsp.exec.protocol.ProcessStart;
import dev.codexlsp.exec.sandbox.Rung;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Writes down what it hears.
final class FakeObserver implements ExecObserver {
  final List<String> heard = new CopyOnWriteArrayList<>();
  final BlockingQueue<Completion> completions = new LinkedBlockingQueue<>();

  void await(String what) {
    long endBy = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!heard.contains(what)) {
      assertThat(System.nanoTime()).as("did not hear " + what + " in " + heard).isLessThan(endBy);
      Thread.onSpinWait();
    }
  }

  @Override
  public Runnable connected(Peer.Transport transport) {
    heard.add("connected " + transport);
    AtomicBoolean isOver = new AtomicBoolean();
    return () -> {
      if (!isOver.getAndSet(true)) {
        heard.add("disconnected");
      }
    };
  }

  @Override
  public Consumer<Outcome> admitted(ExecMessage.Request request, long receivedAt) {
    return outcome -> heard.add(request.method() + " " + outcome);
  }

  @Override
  public RunningProcess started(ProcessStart start, @Nullable Rung rung) {
    heard.add("started " + start.processId());
    return new RunningProcess() {
      @Override
      public void completed(Completion how) {
        heard.add("ended " + start.processId() + " " + how);
        completions.add(how);
      }

      @Override
      public void exited(int exitCode, boolean terminationWanted) {
        heard.add(
            "exited " + start.processId() + " " + exitCode + (terminationWanted ? " wanted" : ""));
      }
    };
  }

  @Override
  public void failed(ProcessStart start) {
    heard.add("failed " + start.processId());
  }
}
