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
  static final int MESSAGE_LIMIT = 64 * 1024 * 1024;
  static final int UNSENT_LIMIT = 1024 * 1024;

  private final Consumer<WsChannel> opened;
  private final Consumer<WsChannel> closed;

  /// One permit per byte; fair, so that one busy process does not hold the answers back.
  private final Semaphore unsent = new Semaphore(UNSENT_LIMIT, true);

  private final AtomicBoolean pinging = new AtomicBoolean();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by lock.
  private @Nullable CoreSession session;
  private @Nullable ByteBuffer message;
  private boolean ended;

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
    Callback sent = Callback.from(() -> unsent.release(cost), failure -> unsent.release(cost));
    open.sendFrame(new Frame(OpCode.TEXT, bytes), sent, false);
  }

  /// Asks whether the client is still there, unless the last question has not even left yet.
  void ping() {
    try {
      if (pinging.compareAndSet(false, true)) {
        Callback sent = Callback.from(() -> pinging.set(false), failure -> pinging.set(false));
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
    try {
      ByteBuffer payload = ByteBuffer.allocate(ping.getPayloadLength()).put(ping.getPayload());
      session().sendFrame(new Frame(OpCode.PONG, payload.flip()), Callback.NOOP, false);
    } catch (IOException gone) {
      // Nobody waits for it.
    }
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

  /// Drops the connection, as the original does; the client sees no close frame.
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
