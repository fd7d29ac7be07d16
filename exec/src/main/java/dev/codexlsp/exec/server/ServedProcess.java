package dev.codexlsp.exec.server;

import dev.codexlsp.exec.ExecProcess;
import dev.codexlsp.exec.protocol.ProcessStart;
import dev.codexlsp.exec.protocol.ProcessWrite;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.concurrent.Semaphore;

/// One process of a session, from the moment its id is taken to the one when it is free again.
///
/// How far it has come is for the [ProcessRegistry] to decide; what it wrote is in its
/// [ProcessLog].
final class ServedProcess {
  static final int WRITE_ID_LIMIT = 4096;

  private final Session session;
  private final ProcessStart start;
  private final ProcessLog log = new ProcessLog();

  /// Held while something is written, by whoever writes; fair, so that writes keep their order.
  private final Semaphore writing = new Semaphore(1, true);

  /// The ids of the last writes, oldest first. For the holder of writing.
  private final LinkedHashSet<String> writeIds = new LinkedHashSet<>();

  ServedProcess(Session session, ProcessStart start) {
    this.session = session;
    this.start = start;
  }

  String id() {
    return start.processId();
  }

  Session session() {
    return session;
  }

  ProcessStart start() {
    return start;
  }

  ProcessLog log() {
    return log;
  }

  /// Gives the process something to read, unless that has been done already. Waits while the
  /// process does not read. Once it has begun, a write goes on without the one who wanted it, on a
  /// thread of its own: half of it must not be lost, or written twice, with a connection.
  ProcessWrite.Status write(ExecProcess process, ProcessWrite params) throws InterruptedException {
    if (!start.tty() && !start.pipeStdin()) {
      return ProcessWrite.Status.STDIN_CLOSED;
    }
    writing.acquire();
    if (!writeIds.add(params.writeId())) {
      writing.release();
      return ProcessWrite.Status.ACCEPTED;
    }
    if (writeIds.size() > WRITE_ID_LIMIT) {
      writeIds.removeFirst();
    }
    Thread.ofVirtual()
        .name("exec-write-" + id())
        .start(() -> write(process, params.chunk()))
        .join();
    return ProcessWrite.Status.ACCEPTED;
  }

  /// Ends when the process has read enough, or has ended.
  private void write(ExecProcess process, ByteBuffer bytes) {
    try {
      process.write(bytes);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      writing.release();
    }
  }
}
