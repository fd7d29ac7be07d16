package dev.codexlsp.exec.remote;

import dev.codexlsp.exec.protocol.LineChannel;
import dev.codexlsp.exec.server.ExecServer;
import dev.codexlsp.exec.server.Peer;
import java.nio.file.Path;
import java.util.List;

/// A program that serves our exec-server on its standard streams, as `codex-lsp exec-server` does.
final class StdioExecServer {
  private StdioExecServer() {}

  /// How to start it.
  static List<String> argv() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("java.class.path"),
        StdioExecServer.class.getName());
  }

  public static void main(String[] args) {
    try (ExecServer server = OwnServer.make()) {
      server.serve(new LineChannel(System.in, System.out), Peer.STDIO);
    }
  }
}
