package dev.codexlsp.exec.server;

import dev.codexlsp.exec.ExecProcess;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What a process is to read, from the moment when a client says so until its backend has taken it.
///
/// A write is accepted when it has a place among the first [#BYTE_LIMIT] bytes, and then it is
/// neither lost nor repeated, whatever becomes of the connection. The order is that of [#add]. A
/// virtual thread takes the writes to the process as long as there are any, so that a process which
/// does not read holds up nobody but those who want to write even more. Any thread may call it.
final class InputBacklog {
  static final int BYTE_LIMIT = 1024 * 1024;
  static final int PIECE_LIMIT = 128;

  /// How many writes are recognised when they come again, and how long their ids may be together.
  static final int WRITE_ID_LIMIT = 4096;

  static final int WRITE_ID_CHARS = 1024 * 1024;

  private final String threadName;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition accepted = lock.newCondition();

  // Guarded by lock.
  private final ArrayDeque<Write> writes = new ArrayDeque<>();
  private final ArrayDeque<Write> waiting = new ArrayDeque<>();
  private long bytes;
  private boolean pumping;

  /// The last writes by their ids, oldest first.
  private final Map<String, Write> known = new LinkedHashMap<>();

  private long knownChars;

  /// One write; the fields are guarded by lock.
  static final class Write {
    private final String id;
    private @Nullable ByteBuffer content;
    private boolean isAccepted;

    /// How many want to know whether it is accepted; one that nobody wants any more goes away.
    private int askers;

    private Write(String id, ByteBuffer content) {
      this.id = id;
      this.content = content;
    }

    private int size() {
      return content == null ? 0 : content.remaining();
    }
  }

  /// @param processId for the name of the thread
  InputBacklog(String processId) {
    threadName = "exec-write-" + processId;
  }

  /// Gives a write its place, unless it has one already. Whoever calls this calls [#await] then.
  Write add(ExecProcess process, String id, ByteBuffer content) {
    lock.lock();
    try {
      @Nullable Write write = known.get(id);
      if (write == null) {
        write = new Write(id, content);
        remember(write);
        waiting.add(write);
        acceptMore();
        startPump(process);
      }
      write.askers++;
      return write;
    } finally {
      lock.unlock();
    }
  }

  private void remember(Write write) {
    known.put(write.id, write);
    knownChars += write.id.length();
    while (known.size() > 1 && (known.size() > WRITE_ID_LIMIT || knownChars > WRITE_ID_CHARS)) {
      forget(known.values().iterator().next());
    }
  }

  private void forget(Write write) {
    if (known.remove(write.id, write)) {
      knownChars -= write.id.length();
    }
  }

  private void acceptMore() {
    @Nullable Write next = waiting.peek();
    while (next != null && hasRoom(next)) {
      next.isAccepted = true;
      bytes += next.size();
      writes.add(waiting.remove());
      next = waiting.peek();
    }
    accepted.signalAll();
  }

  private boolean hasRoom(Write next) {
    return writes.isEmpty() || (writes.size() < PIECE_LIMIT && bytes + next.size() <= BYTE_LIMIT);
  }

  boolean isAccepted(Write write) {
    lock.lock();
    try {
      return write.isAccepted;
    } finally {
      lock.unlock();
    }
  }

  /// Waits until the write is accepted. When everybody who waits for it has been interrupted
  /// before, it is as if it had never been added.
  void await(Write write) throws InterruptedException {
    lock.lock();
    try {
      while (!write.isAccepted) {
        accepted.await();
      }
    } finally {
      write.askers--;
      if (!write.isAccepted && write.askers == 0) {
        waiting.remove(write);
        forget(write);
      }
      lock.unlock();
    }
  }

  private void startPump(ExecProcess process) {
    if (!pumping) {
      pumping = true;
      Thread.ofVirtual().name(threadName).start(() -> pump(process));
    }
  }

  /// Ends when everything is written, or the process has ended: then nothing waits in a write.
  private void pump(ExecProcess process) {
    try {
      @Nullable ByteBuffer next = next();
      while (next != null) {
        process.write(next);
        next = next();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private @Nullable ByteBuffer next() {
    lock.lock();
    try {
      @Nullable Write first = writes.poll();
      pumping = first != null;
      if (first == null) {
        return null;
      }
      @Nullable ByteBuffer content = first.content;
      bytes -= first.size();
      first.content = null;
      acceptMore();
      return content;
    } finally {
      lock.unlock();
    }
  }
}
