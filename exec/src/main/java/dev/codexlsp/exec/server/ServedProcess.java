package dev.codexlsp.exec.server;

import dev.codexlsp.exec.ExecProcess;
import dev.codexlsp.exec.protocol.ProcessStart;
import dev.codexlsp.exec.protocol.ProcessWrite;
import java.util.LinkedHashSet;
import java.util.concurrent.locks.ReentrantLock;

/// One process of a session, from the moment its id is taken to the one when it is free again.
///
/// How far it has come is for the [ProcessRegistry] to decide; what it wrote is in its [ProcessLog].
final class ServedProcess {
  static final int WRITE_ID_LIMIT = 4096;

  private final Session session;
  private final ProcessStart start;
  private final ProcessLog log = new ProcessLog();

  /// Fair, so that writes that wait keep their order.
  private final ReentrantLock writing = new ReentrantLock(true);

  /// The ids of the last writes, oldest first. Guarded by writing.
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
  /// process does not read; a write that is given up meanwhile has not happened.
  ProcessWrite.Status write(ExecProcess process, ProcessWrite params) throws InterruptedException {
    writing.lockInterruptibly();
    try {
      if (writeIds.contains(params.writeId())) {
        return ProcessWrite.Status.ACCEPTED;
      }
      if (!process.write(params.chunk())) {
        return ProcessWrite.Status.STDIN_CLOSED;
      }
      writeIds.add(params.writeId());
      if (writeIds.size() > WRITE_ID_LIMIT) {
        writeIds.removeFirst();
      }
      return ProcessWrite.Status.ACCEPTED;
    } finally {
      writing.unlock();
    }
  }
}
