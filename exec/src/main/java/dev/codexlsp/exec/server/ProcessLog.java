package dev.codexlsp.exec.server;

import dev.codexlsp.exec.ProcessEvent.Closed;
import dev.codexlsp.exec.ProcessEvent.Exited;
import dev.codexlsp.exec.ProcessEvent.Lost;
import dev.codexlsp.exec.ProcessEvent.NeverRan;
import dev.codexlsp.exec.ProcessEvent.Output;
import dev.codexlsp.exec.protocol.ProcessRead;
import dev.codexlsp.exec.protocol.ProcessRead.Chunk;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What is known of one process, for those who read it. The pump of the process writes, any thread
/// reads.
final class ProcessLog {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by lock.
  private final RetainedTail tail;
  private long lastSequence;
  private @Nullable Integer exitCode;
  private boolean sandboxDenied;
  private boolean closed;
  private @Nullable String failure;

  /// @param pieces what the output is kept in
  ProcessLog(Pieces pieces) {
    tail = new RetainedTail(pieces);
  }

  void output(Output output) {
    write(output.sequence(), () -> tail.add(output));
  }

  void exited(Exited exited) {
    write(
        exited.sequence(),
        () -> {
          exitCode = exited.exitCode();
          sandboxDenied = exited.sandboxDenied();
        });
  }

  void closed(Closed last) {
    write(last.sequence(), () -> closed = true);
  }

  /// The command never ran: for those who only know exits, it ends as a program that builds
  /// sandboxes does when it fails.
  ///
  /// @return the number of the end
  long neverRan(NeverRan last, int code) {
    write(
        last.sequence() + 1,
        () -> {
          exitCode = code;
          failure = last.reason();
          closed = true;
        });
    return last.sequence() + 1;
  }

  void lost(Lost last) {
    write(
        last.sequence(),
        () -> {
          failure = last.reason();
          closed = true;
        });
  }

  /// Ends it, when nobody knows what became of the process.
  ///
  /// @return the number of the end
  long lost(String reason) {
    lock.lock();
    try {
      Lost last = new Lost(lastSequence + 1, reason);
      lost(last);
      return last.sequence();
    } finally {
      lock.unlock();
    }
  }

  long lastSequence() {
    lock.lock();
    try {
      return lastSequence;
    } finally {
      lock.unlock();
    }
  }

  private void write(long sequence, Runnable change) {
    lock.lock();
    try {
      lastSequence = sequence;
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// What it costs to keep the output.
  long retainedCost() {
    lock.lock();
    try {
      return tail.cost();
    } finally {
      lock.unlock();
    }
  }

  /// Keeps how the process ended, and nothing of its output.
  void forgetOutput() {
    lock.lock();
    try {
      tail.clear();
    } finally {
      lock.unlock();
    }
  }

  /// What there is to tell now; null when there is nothing, and that may change.
  ProcessRead.@Nullable Result readNow(ProcessRead params) {
    lock.lock();
    try {
      return news(params);
    } finally {
      lock.unlock();
    }
  }

  /// What there is to tell when there is something, or when the time is over.
  ProcessRead.Result read(ProcessRead params, long waitMs) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(waitMs);
      ProcessRead.@Nullable Result news = news(params);
      while (news == null && left > 0) {
        left = changed.awaitNanos(left);
        news = news(params);
      }
      return news == null ? result(List.of(), lastSequence + 1) : news;
    } finally {
      lock.unlock();
    }
  }

  private ProcessRead.@Nullable Result news(ProcessRead params) {
    long after = params.afterSeq() == null ? 0 : params.afterSeq();
    List<Chunk> chunks = tail.after(after, params.maxBytes());
    if (!chunks.isEmpty()) {
      long next = params.maxBytes() == null ? lastSequence : chunks.getLast().seq();
      return result(chunks, next + 1);
    }
    return closed || (exitCode != null && after < lastSequence)
        ? result(chunks, lastSequence + 1)
        : null;
  }

  private ProcessRead.Result result(List<Chunk> chunks, long next) {
    return new ProcessRead.Result(
        chunks, next, exitCode != null, exitCode, closed, failure, sandboxDenied);
  }
}
