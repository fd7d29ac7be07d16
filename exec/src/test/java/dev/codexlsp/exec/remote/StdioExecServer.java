package dev.codexlsp.exec.remote;

import dev.codexlsp.exec.server.ExecServer;
import dev.codexlsp.exec.server.Peer;
import dev.codexlsp.exec.server.StdioChannel;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
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
      OutputStream out = new FileOutputStream(FileDescriptor.out);
      server.serve(new StdioChannel(System.in, out), Peer.STDIO);
    }
  }
}
