package dev.codexlsp.exec.server;

/// Who is at the other end of a connection.
///
/// @param address for messages and logs
public record Peer(Transport transport, String address) {
  public static final Peer STDIO = new Peer(Transport.STDIO, "stdio");

  /// How messages travel.
  public enum Transport {
    WEBSOCKET,
    STDIO
  }

  /// The beginning of what is said to a peer about a message that is none.
  String unreadable() {
    return switch (transport) {
      case WEBSOCKET ->
          "failed to parse websocket JSON-RPC message from exec-server websocket " + address + ": ";
      case STDIO -> "failed to parse JSON-RPC message from exec-server stdio: ";
    };
  }
}
