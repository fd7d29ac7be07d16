package dev.codexlsp.exec.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Our client with the original's server. Needs its binary: `-Dcodex.peer=FILE`.
@Tag("peer")
@ParameterizedClass
@EnumSource(PeerServerTest.Way.class)
class PeerServerTest extends RemoteSuite {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir static Path home;
  @Parameter Way way;
  private Runnable end = () -> {};

  enum Way {
    /// Through its pipes.
    PIPES,

    /// Through a WebSocket.
    SOCKET
  }

  @Override
  RemoteBackend open() throws Exception {
    Map<String, String> environment =
        Map.of("CODEX_HOME", home.toString(), "PATH", "/usr/bin:/bin", "HOME", home.toString());
    RemotePlace place =
        switch (way) {
          case PIPES -> new RemotePlace.Program(argv("stdio"), environment, home, LIMIT);
          case SOCKET -> socket(environment);
        };
    return new RemoteBackend(place, TIMING, () -> null);
  }

  private RemotePlace socket(Map<String, String> environment) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(argv("ws://127.0.0.1:0")).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    end = process::destroyForcibly;
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    return new RemotePlace.Socket(URI.create(out.readLine()), null, LIMIT, LIMIT);
  }

  private static List<String> argv(String listen) {
    String binary = System.getProperty("codex.peer", "");
    assertThat(binary).as("the original's binary, to be given as -Dcodex.peer=FILE").isNotEmpty();
    return List.of(binary, "exec-server", "--listen", listen);
  }

  @Override
  void end() {
    end.run();
  }
}
