package dev.codexlsp.exec.remote;

import dev.codexlsp.exec.protocol.ExecChannel;
import dev.codexlsp.exec.protocol.LineChannel;
import dev.codexlsp.exec.remote.WsFrames.Incoming;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/// Messages as text frames of a WebSocket, on a socket with plain blocking streams.
///
/// What nobody receives is not read, so the server is held back by its own full connection. A
/// server that says nothing for long is asked for a sign of life. Its own end is no closing
/// handshake: like the original it just hangs up.
final class SocketChannel implements ExecChannel {
  private static final int MESSAGE_LIMIT = LineChannel.LINE_LIMIT;
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Socket plain;
  private final Duration keepAlive;
  private final InputStream in;
  private final OutputStream out;
  private final WsFrames frames;
  private final boolean canQuicken;
  private final SecureRandom masks = new SecureRandom();

  /// Guards `out`.
  private final ReentrantLock writing = new ReentrantLock(true);

  /// A ping, or an answer to one, that has to be sent. The receiver does not send it, because it
  /// must go on reading while the server does not; of several the last one is enough.
  private final AtomicReference<byte @Nullable []> control = new AtomicReference<>();

  /// Confined to the receiver: whether it has asked for a sign of life since the last one.
  private boolean hasAsked;

  /// @param plain connected; belongs to the channel from now on
  /// @param shown the same, or what makes it secure
  /// @param keepAlive how long a silence may last before it is looked into, and then the look
  SocketChannel(Socket plain, Socket shown, Duration keepAlive) throws IOException {
    this.plain = plain;
    this.keepAlive = keepAlive;
    this.canQuicken = plain.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK);
    this.in = new BufferedInputStream(new Noticed(shown.getInputStream()), BUFFER_BYTES);
    this.out = shown.getOutputStream();
    this.frames = new WsFrames(in, MESSAGE_LIMIT);
    plain.setOption(StandardSocketOptions.TCP_NODELAY, true);
  }

  /// Makes a WebSocket of the connection. Not bounded in time.
  ///
  /// @return the HTTP status; nothing else can be done with the channel unless it is the right one
  int upgrade(WsHandshake handshake) throws IOException {
    out.write(handshake.request());
    int status = handshake.status(in);
    plain.setSoTimeout(Math.toIntExact(keepAlive.toMillis()));
    return status;
  }

  /// Notices every sign of life, and its absence.
  private final class Noticed extends InputStream {
    private final InputStream from;

    private Noticed(InputStream from) {
      this.from = from;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      while (true) {
        try {
          int count = from.read(to, offset, length);
          hasAsked = false;
          quicken();
          return count;
        } catch (SocketTimeoutException silence) {
          askForLife();
        }
      }
    }
  }

  /// A server that sends its answer in small pieces without TCP_NODELAY, as the original's does,
  /// waits with the second until the first is acknowledged, which takes 40 ms unless told
  /// otherwise. The kernel forgets it now and then.
  private void quicken() throws IOException {
    if (canQuicken) {
      plain.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
    }
  }

  private void askForLife() throws IOException {
    if (hasAsked) {
      throw new IOException("no sign of life for " + Words.of(keepAlive.multipliedBy(2)));
    }
    hasAsked = true;
    sendSoon(WsFrames.PING, NOTHING);
  }

  @Override
  public void send(ByteBuffer utf8) throws IOException, InterruptedException {
    byte[] frame = WsFrames.frame(WsFrames.TEXT, utf8, masks.nextInt());
    writing.lockInterruptibly();
    try {
      out.write(frame);
    } finally {
      writing.unlock();
    }
  }

  private void sendSoon(int opcode, ByteBuffer payload) {
    byte[] frame = WsFrames.frame(opcode, payload, masks.nextInt());
    if (control.getAndSet(frame) == null) {
      Thread.ofVirtual().name("exec-ws-control").start(this::sendControl);
    }
  }

  private void sendControl() {
    writing.lock();
    try {
      byte[] frame = control.getAndSet(null);
      if (frame != null) {
        out.write(frame);
      }
    } catch (IOException gone) {
      // The receiver sees it, too, and says why.
    } finally {
      writing.unlock();
    }
  }

  @Override
  public @Nullable ByteBuffer receive() throws IOException {
    while (true) {
      switch (frames.next()) {
        case null -> throw new IOException("the server closed the connection");
        case Incoming.Message(ByteBuffer bytes) -> {
          return bytes;
        }
        case Incoming.Ping(ByteBuffer payload) -> sendSoon(WsFrames.PONG, payload);
        case Incoming.Pong() -> {}
        case Incoming.Close(String reason) -> {
          sendSoon(WsFrames.CLOSE, NOTHING);
          String words = reason.isBlank() ? "" : ": " + Words.firstLine(reason);
          throw new IOException("the server closed the connection" + words);
        }
      }
    }
  }

  /// The plain socket, because closing the secure one waits for a server that does not read.
  @Override
  public void close() {
    try {
      plain.close();
    } catch (IOException gone) {
      // It is closed all the same.
    }
  }
}
