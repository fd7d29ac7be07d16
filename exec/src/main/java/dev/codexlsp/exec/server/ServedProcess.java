package dev.codexlsp.exec.server;

import dev.codexlsp.exec.protocol.ProcessStart;
import org.jspecify.annotations.Nullable;

/// One process of a session, from the moment its id is taken to the one when it is free again.
///
/// How far it has come is for the [ProcessRegistry] to decide; what it wrote is in its
/// [ProcessLog]. Of what the client asked for it keeps little: it may be read long after its end.
final class ServedProcess {
  private final Session session;
  private final String id;
  private final ProcessLog log;
  private final @Nullable InputBacklog input;

  ServedProcess(Session session, ProcessStart start, Pieces pieces) {
    log = new ProcessLog(pieces);
    this.session = session;
    id = start.processId();
    input = start.tty() || start.pipeStdin() ? new InputBacklog(id) : null;
  }

  String id() {
    return id;
  }

  Session session() {
    return session;
  }

  ProcessLog log() {
    return log;
  }

  /// What it is to read; null when it reads nothing.
  @Nullable InputBacklog input() {
    return input;
  }
}
