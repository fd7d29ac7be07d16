package dev.codexlsp.exec.remote;

import dev.codexlsp.exec.protocol.ExecChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// One end of a connection that goes through no socket and breaks before any message that a test
/// chooses.
final class MemoryChannel implements ExecChannel {
  private static final ByteBuffer END = ByteBuffer.allocate(0);

  private final BlockingQueue<ByteBuffer> in;
  private final BlockingQueue<ByteBuffer> out;
  private final AtomicBoolean isCut;
  private final BooleanSupplier cuts;

  private MemoryChannel(
      BlockingQueue<ByteBuffer> in,
      BlockingQueue<ByteBuffer> out,
      AtomicBoolean isCut,
      BooleanSupplier cuts) {
    this.in = in;
    this.out = out;
    this.isCut = isCut;
    this.cuts = cuts;
  }

  record Pair(MemoryChannel client, MemoryChannel server) {}

  /// @param cuts asked before each message, of either direction
  static Pair pair(BooleanSupplier cuts) {
    BlockingQueue<ByteBuffer> up = new LinkedBlockingQueue<>();
    BlockingQueue<ByteBuffer> down = new LinkedBlockingQueue<>();
    AtomicBoolean isCut = new AtomicBoolean();
    return new Pair(
        new MemoryChannel(down, up, isCut, cuts), new MemoryChannel(up, down, isCut, cuts));
  }

  @Override
  public void send(ByteBuffer message) throws IOException {
    if (!isCut.get() && cuts.getAsBoolean()) {
      close();
    }
    if (isCut.get()) {
      throw new IOException("cut");
    }
    out.add(message);
  }

  @Override
  public @Nullable ByteBuffer receive() throws IOException, InterruptedException {
    ByteBuffer message = in.take();
    if (!message.hasRemaining()) {
      in.add(END);
      throw new IOException("cut");
    }
    return message;
  }

  @Override
  public void close() {
    if (isCut.compareAndSet(false, true)) {
      in.add(END);
      out.add(END);
    }
  }
}
