package dev.codexlsp.exec.server.conversation;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The client's end of one connection, whatever carries it.
public interface ClientEnd {
  /// What [#receive] gives after the last message.
  String CLOSED = "<closed>";

  void send(String message) throws Exception;

  /// The next message, [#CLOSED] when the server has ended the connection, and null when nothing
  /// comes in time.
  @Nullable String receive(Duration limit) throws Exception;

  /// Drops the connection.
  void cut() throws Exception;
}
