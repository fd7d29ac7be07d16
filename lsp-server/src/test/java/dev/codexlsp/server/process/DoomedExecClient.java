package dev.codexlsp.server.process;

import java.net.URI;

/// A client in a process of its own, which starts a command that never ends, says what belongs to
/// it, and then waits to be killed.
final class DoomedExecClient {
  private DoomedExecClient() {}

  /// Prints the id of its session and the pid of the command.
  ///
  /// @param args where the server is
  public static void main(String[] args) throws Exception {
    try (ExecClient client = ExecClient.connect(URI.create(args[0]), null)) {
      String session = client.handshake(null);
      ProcessHandle command = client.start("p", "while read line; do echo got $line; done", true);
      System.out.println(session + " " + command.pid());
      // The test holds the other end; nothing is ever written.
      System.in.read();
    }
  }
}
