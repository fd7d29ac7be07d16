package dev.codexlsp.exec.protocol;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// A connection that carries whole messages, encoded.
///
/// One thread receives, any thread sends. Both wait, and an interrupt ends the waiting where the
/// underlying stream allows it; [#close] always does.
public interface ExecChannel extends AutoCloseable {

  /// Sends one message; messages never mix. While the peer does not read, it waits, so that whoever
  /// produces messages is held back. The buffer belongs to the channel from now on.
  ///
  /// @throws IOException when the connection is gone; the message may or may not have arrived
  void send(ByteBuffer message) throws IOException, InterruptedException;

  /// Waits for the next message; null when the peer will send none any more.
  ///
  /// @throws MessageTooLongException when a message was skipped; the next call goes on behind it
  /// @throws IOException when the connection broke
  @Nullable ByteBuffer receive() throws IOException, InterruptedException;

  /// Ends the connection; may be called by any thread, and again.
  @Override
  void close();
}
