package dev.codexlsp.exec.remote;

import dev.codexlsp.exec.ProcessEvent;
import dev.codexlsp.exec.protocol.ExecMethods;
import dev.codexlsp.exec.protocol.Payload;
import dev.codexlsp.exec.protocol.ProcessClosed;
import dev.codexlsp.exec.protocol.ProcessExited;
import dev.codexlsp.exec.protocol.ProcessOutput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The processes of a session that are not over, and the way of what the server tells to them.
///
/// Any thread may call it.
final class Routes {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by lock.
  private final Map<String, RemoteProcess> processes = new HashMap<>();
  private long told;

  /// From here on the process hears what the server tells of it.
  void add(RemoteProcess process) {
    lock.lock();
    try {
      processes.put(process.id(), process);
    } finally {
      lock.unlock();
    }
  }

  void forget(String processId) {
    lock.lock();
    try {
      processes.remove(processId);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  List<RemoteProcess> all() {
    lock.lock();
    try {
      return new ArrayList<>(processes.values());
    } finally {
      lock.unlock();
    }
  }

  /// How many events there were so far.
  long told() {
    lock.lock();
    try {
      return told;
    } finally {
      lock.unlock();
    }
  }

  /// Passes on what the server tells, and waits as long as the process does.
  ///
  /// @return false when it means nothing here
  boolean tell(String method, Payload params) throws InterruptedException {
    if (method.equals(ExecMethods.PROCESS_OUTPUT.name())) {
      ProcessOutput output = params.as(ProcessOutput.class);
      tell(
          output.processId(),
          new Arrival.Chunk(
              new ProcessEvent.Output(output.seq(), output.stream(), output.chunk())));
    } else if (method.equals(ExecMethods.PROCESS_EXITED.name())) {
      ProcessExited exited = params.as(ProcessExited.class);
      tell(
          exited.processId(),
          new Arrival.Exit(exited.seq(), exited.exitCode(), exited.sandboxDenied()));
    } else if (method.equals(ExecMethods.PROCESS_CLOSED.name())) {
      ProcessClosed closed = params.as(ProcessClosed.class);
      tell(closed.processId(), new Arrival.End(closed.seq()));
    } else {
      return false;
    }
    return true;
  }

  private void tell(String processId, Arrival arrival) throws InterruptedException {
    RemoteProcess process = process(processId);
    if (process != null) {
      process.events().accept(arrival);
    }
  }

  private @Nullable RemoteProcess process(String id) {
    lock.lock();
    try {
      told++;
      return processes.get(id);
    } finally {
      lock.unlock();
    }
  }

  /// Waits until there are none, or the time is up.
  void awaitNone(Deadline deadline) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = deadline.left().toNanos();
      while (!processes.isEmpty() && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /// They are all out of reach.
  void loseAll(String reason) {
    for (RemoteProcess process : all()) {
      process.events().lose(reason);
    }
  }
}
