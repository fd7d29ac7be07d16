package dev.codexlsp.exec.server;

import dev.codexlsp.exec.protocol.EnvironmentInfo;
import dev.codexlsp.exec.protocol.Initialize;

/// The handshake.
final class SessionHandlers {
  private final Sessions sessions;
  private final EnvironmentHandlers environment;

  SessionHandlers(Sessions sessions, EnvironmentHandlers environment) {
    this.sessions = sessions;
    this.environment = environment;
  }

  Initialize.Result initialize(Initialize params, Call call) throws Refused, InterruptedException {
    // First what may fail, because a client whose handshake failed may try again.
    EnvironmentInfo.Result info = environment.info();
    call.connection()
        .open(connection ->
            params.resumeSessionId() == null
                ? sessions.open(connection)
                : sessions.resume(params.resumeSessionId(), connection));
    return new Initialize.Result(call.session().id(), info);
  }
}
