package dev.codexlsp.server.rpc;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.lsp4j.jsonrpc.JsonRpcException;
import org.eclipse.lsp4j.jsonrpc.MessageConsumer;
import org.eclipse.lsp4j.jsonrpc.messages.Message;

/// Sends messages as `Content-Length` frames.
///
/// Any thread may call it. A message is made into bytes outside the lock and leaves in one write
/// inside it, so frames never mix, and a client that does not read holds back whoever sends. The
/// first failed write ends the stream for good: it is logged once, every later message is refused.
public final class FrameWriter implements MessageConsumer {
  private static final Logger LOG = Logger.getLogger(FrameWriter.class.getName());

  private final OutputStream out;
  private final MessageCodec codec;

  /// Guards `out` and `broken`.
  private final ReentrantLock lock = new ReentrantLock();

  private boolean broken;

  FrameWriter(OutputStream out, MessageCodec codec) {
    this.out = out;
    this.codec = codec;
  }

  /// Sends the message; throws [JsonRpcException] when it did not leave.
  @Override
  public void consume(Message message) {
    byte[] frame = frame(message);
    lock.lock();
    try {
      if (broken) {
        throw new JsonRpcException(new IOException("the client's stream is closed"));
      }
      out.write(frame);
      out.flush();
    } catch (IOException failure) {
      broken = true;
      LOG.log(Level.WARNING, "cannot write to the client: {0}", failure.getMessage());
      close();
      throw new JsonRpcException(failure);
    } finally {
      lock.unlock();
    }
  }

  private byte[] frame(Message message) {
    byte[] body;
    try {
      body = codec.encode(message).getBytes(StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new JsonRpcException(failure);
    }
    byte[] header =
        ("Content-Length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    byte[] frame = new byte[header.length + body.length];
    System.arraycopy(header, 0, frame, 0, header.length);
    System.arraycopy(body, 0, frame, header.length, body.length);
    return frame;
  }

  private void close() {
    try {
      out.close();
    } catch (IOException e) {
      LOG.log(Level.FINE, "closing the client's stream failed too", e);
    }
  }
}
