package dev.codexlsp.exec.remote;

import dev.codexlsp.exec.protocol.ExecChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A server's end of a real connection, which breaks where a test wants it to.
///
/// @param cuts asked before each message, of either direction
record CutChannel(ExecChannel line, BooleanSupplier cuts) implements ExecChannel {

  @Override
  public void send(ByteBuffer message) throws IOException, InterruptedException {
    cutIfDue();
    line.send(message);
  }

  @Override
  public @Nullable ByteBuffer receive() throws IOException, InterruptedException {
    ByteBuffer message = line.receive();
    if (message != null) {
      cutIfDue();
    }
    return message;
  }

  private void cutIfDue() throws IOException {
    if (cuts.getAsBoolean()) {
      line.close();
      throw new IOException("cut");
    }
  }

  @Override
  public void close() {
    line.close();
  }
}
