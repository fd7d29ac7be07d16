package dev.codexlsp.exec.server;

import dev.codexlsp.exec.ExecBackend;
import dev.codexlsp.exec.ExecException;
import dev.codexlsp.exec.Surroundings;
import dev.codexlsp.exec.protocol.EnvironmentInfo;
import dev.codexlsp.exec.protocol.EnvironmentStatus;
import java.nio.file.Path;
import java.util.List;

/// What the place is like.
final class EnvironmentHandlers {
  private static final EnvironmentInfo.Capabilities CAPABILITIES =
      new EnvironmentInfo.Capabilities(true, true, true);

  private final ExecBackend backend;
  private final ExecServer.Facts facts;

  EnvironmentHandlers(ExecBackend backend, ExecServer.Facts facts) {
    this.backend = backend;
    this.facts = facts;
  }

  EnvironmentInfo.Result info(EnvironmentInfo params, Call call)
      throws Refused, InterruptedException {
    return info();
  }

  EnvironmentStatus.Result status(EnvironmentStatus params, Call call) {
    return new EnvironmentStatus.Result("ready");
  }

  EnvironmentInfo.Result info() throws Refused, InterruptedException {
    Surroundings surroundings;
    try {
      surroundings = backend.surroundings();
    } catch (ExecException failure) {
      throw Refused.failed(String.valueOf(failure.getMessage()));
    }
    Path shell = surroundings.shell();
    return new EnvironmentInfo.Result(
        new EnvironmentInfo.Shell(String.valueOf(shell.getFileName()), shell.toString()),
        facts.version(),
        null,
        surroundings.workingDirectory(),
        surroundings.home(),
        surroundings.os(),
        List.of(),
        List.of(),
        temporaryFolder(),
        CAPABILITIES);
  }

  private Path temporaryFolder() {
    String named = facts.environment().getOrDefault("TMPDIR", "");
    return Path.of(named.startsWith("/") ? named : "/tmp");
  }
}
