package dev.codexlsp.exec.server.ws;

import dev.codexlsp.exec.protocol.ExecChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;

/// One WebSocket: Jetty's threads bring frames, the thread that serves the client takes messages,
/// and any thread sends.
///
/// Nothing is read ahead but one message, and of what is sent no more than [#UNSENT_LIMIT] bytes
/// (or one message, if it is larger) wait for the client to read; whoever wants to send more waits.
final class WsChannel implements ExecChannel, FrameHandler {
  private static final Logger LOG = Logger.getLogger(WsChannel.class.getName());

  static final int MESSAGE_LIMIT = 64 * 1024 * 1024;
  static final int UNSENT_LIMIT = 1024 * 1024;

  /// A longer message goes in pieces: clients limit what they take in one frame, as we do.
  private static final int PIECE = (int) WsListener.FRAME_LIMIT;

  private final Consumer<WsChannel> opened;
  private final Consumer<WsChannel> closed;

  /// One permit per byte; fair, so that one busy process does not hold the answers back.
  private final Semaphore unsent = new Semaphore(UNSENT_LIMIT, true);

  /// Keeps the pieces of a message together.
  private final ReentrantLock sending = new ReentrantLock();

  private final AtomicBoolean pinging = new AtomicBoolean();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by lock.
  private @Nullable CoreSession session;
  private @Nullable ByteBuffer message;
  private boolean ended;
  private @Nullable ByteBuffer unansweredPing;
  private boolean ponging;

  // Confined to the one callback that runs at a time.
  private byte[] partial = new byte[0];
  private int received;

  /// @param opened told on one of Jetty's threads when messages can be received
  /// @param closed told when the connection is gone
  WsChannel(Consumer<WsChannel> opened, Consumer<WsChannel> closed) {
    this.opened = opened;
    this.closed = closed;
  }

  private CoreSession session() throws IOException {
    lock.lock();
    try {
      if (session == null || ended) {
        throw new IOException("the connection is closed");
      }
      return session;
    } finally {
      lock.unlock();
    }
  }

  /// The address of the client.
  String peer() {
    lock.lock();
    try {
      return session == null ? "nobody" : session.getRemoteAddress().toString().substring(1);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void send(ByteBuffer bytes) throws IOException, InterruptedException {
    int cost = Math.min(bytes.remaining(), UNSENT_LIMIT);
    unsent.acquire(cost);
    CoreSession open;
    try {
      open = session();
    } catch (IOException gone) {
      unsent.release(cost);
      throw gone;
    }
    send(open, bytes, Callback.from(() -> unsent.release(cost), this::broke));
  }

  /// Jetty takes frames and returns; they are sent when the client reads.
  private void send(CoreSession open, ByteBuffer bytes, Callback sent) {
    sending.lock();
    try {
      byte code = OpCode.TEXT;
      for (; bytes.remaining() > PIECE; bytes.position(bytes.position() + PIECE)) {
        ByteBuffer piece = bytes.slice(bytes.position(), PIECE);
        open.sendFrame(new Frame(code, false, piece), Callback.from(() -> {}, this::broke), false);
        code = OpCode.CONTINUATION;
      }
      open.sendFrame(new Frame(code, true, bytes), sent, false);
    } finally {
      sending.unlock();
    }
  }

  /// A client that has missed a message must not go on as if it had not.
  private void broke(Throwable failure) {
    LOG.log(Level.FINE, "a message was not sent", failure);
    close();
  }

  /// Asks whether the client is still there, unless the last question has not even left yet.
  void ping() {
    try {
      if (pinging.compareAndSet(false, true)) {
        Callback sent = Callback.from(() -> pinging.set(false), this::broke);
        session().sendFrame(new Frame(OpCode.PING), sent, false);
      }
    } catch (IOException gone) {
      // It is nobody's any more.
    }
  }

  @Override
  public @Nullable ByteBuffer receive() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (message == null && !ended) {
        changed.await();
      }
      @Nullable ByteBuffer next = message;
      message = null;
      if (next != null && session != null && !ended) {
        session.demand();
      }
      return next;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void onOpen(CoreSession session, Callback callback) {
    lock.lock();
    try {
      this.session = session;
    } finally {
      lock.unlock();
    }
    callback.succeeded();
    opened.accept(this);
    session.demand();
  }

  @Override
  public void onFrame(Frame frame, Callback callback) {
    boolean complete = false;
    switch (frame.getOpCode()) {
      case OpCode.PING -> pong(frame);
      case OpCode.TEXT, OpCode.BINARY, OpCode.CONTINUATION -> {
        append(frame.getPayload());
        complete = frame.isFin();
      }
      default -> {}
    }
    callback.succeeded();
    if (received > MESSAGE_LIMIT) {
      close();
    } else if (complete) {
      handOver();
    } else if (frame.getOpCode() != OpCode.CLOSE) {
      demand();
    }
  }

  private void pong(Frame ping) {
    ByteBuffer payload = ByteBuffer.allocate(ping.getPayloadLength()).put(ping.getPayload());
    lock.lock();
    try {
      unansweredPing = payload.flip();
    } finally {
      lock.unlock();
    }
    answerPing();
  }

  /// Answers the last ping when the answer before it has left: a client that asks and does not read
  /// must not fill the memory.
  private void answerPing() {
    @Nullable ByteBuffer payload;
    lock.lock();
    try {
      payload = ponging ? null : unansweredPing;
      if (payload == null) {
        return;
      }
      unansweredPing = null;
      ponging = true;
    } finally {
      lock.unlock();
    }
    try {
      Frame pong = new Frame(OpCode.PONG, payload);
      session().sendFrame(pong, Callback.from(this::answeredPing, this::broke), false);
    } catch (IOException gone) {
      // Nobody waits for it.
    }
  }

  private void answeredPing() {
    lock.lock();
    try {
      ponging = false;
    } finally {
      lock.unlock();
    }
    answerPing();
  }

  private void append(ByteBuffer payload) {
    int needed = received + payload.remaining();
    if (needed > partial.length) {
      // The usual message is one frame and fits exactly; many small ones must not be copied often.
      partial = Arrays.copyOf(partial, received == 0 ? needed : 2 * needed);
    }
    payload.get(partial, received, payload.remaining());
    received = needed;
  }

  private void handOver() {
    lock.lock();
    try {
      message = ByteBuffer.wrap(partial, 0, received);
      partial = new byte[0];
      received = 0;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void demand() {
    try {
      session().demand();
    } catch (IOException gone) {
      // There will be no more.
    }
  }

  /// What was sent is no WebSocket any more, so there is nobody to part from politely.
  @Override
  public void onError(Throwable cause, Callback callback) {
    close();
    callback.succeeded();
  }

  @Override
  public void onClosed(CloseStatus status, Callback callback) {
    end();
    callback.succeeded();
  }

  private void end() {
    lock.lock();
    try {
      if (ended) {
        return;
      }
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    // More than everybody who waits could want; they find the session ended.
    unsent.release(Integer.MAX_VALUE / 2);
    closed.accept(this);
  }

  /// Drops the connection, as the original does; the client sees no close frame from here. For what
  /// is no WebSocket at all, Jetty sends one.
  @Override
  public void close() {
    @Nullable CoreSession open;
    lock.lock();
    try {
      open = session;
    } finally {
      lock.unlock();
    }
    if (open != null) {
      open.abort();
    }
    end();
  }
}
