package dev.codexlsp.exec.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The original's exec-server on a socket of this machine. Needs its binary: `-Dcodex.peer=FILE`.
record PeerServer(Process process, URI uri) implements AutoCloseable {

  static List<String> argv(String listen) {
    String binary = System.getProperty("codex.peer", "");
    assertThat(binary).as("the original's binary, to be given as -Dcodex.peer=FILE").isNotEmpty();
    return List.of(binary, "exec-server", "--listen", listen);
  }

  /// The original confines nothing when its home lies in the folder for temporary files, and a
  /// checkout may.
  static Map<String, String> environment(Path home) {
    try {
      return Map.of(
          "CODEX_HOME", home.toString(),
          "HOME", home.toString(),
          "PATH", "/usr/bin:/bin",
          "TMPDIR", Files.createDirectories(home.resolve("scratch")).toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static PeerServer listen(Path home) throws IOException {
    return listen(environment(home));
  }

  static PeerServer listen(Map<String, String> environment) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(argv("ws://127.0.0.1:0")).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    return new PeerServer(process, URI.create(out.readLine()));
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
