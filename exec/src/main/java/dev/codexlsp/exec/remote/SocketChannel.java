package dev.codexlsp.exec.remote;

import dev.codexlsp.exec.protocol.ExecChannel;
import dev.codexlsp.exec.protocol.LineChannel;
import java.io.IOException;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Messages as text frames of a WebSocket.
///
/// The HTTP client delivers a part of a message only when it was asked for one, and it is asked
/// only while fewer than [#UNREAD_LIMIT] messages lie here, so a receiver that pauses holds the
/// server back. A server that says nothing for long is asked for a sign of life.
final class SocketChannel implements ExecChannel, WebSocket.Listener {
  /// Whole messages that may wait for the receiver, and of these each as long as a frame may be.
  private static final int UNREAD_LIMIT = 16;

  private static final int MESSAGE_LIMIT = LineChannel.LINE_LIMIT;

  private final Duration keepAlive;
  private final BlockingQueue<Unread> unread = new LinkedBlockingQueue<>();

  /// Guards what is sent: the HTTP client takes one frame after the other.
  private final ReentrantLock sending = new ReentrantLock(true);

  // Guarded by sending.
  private CompletableFuture<?> lastFrame = CompletableFuture.completedFuture(null);

  // Confined to the HTTP client's calls, which never overlap.
  private final StringBuilder message = new StringBuilder();

  private volatile @Nullable WebSocket socket;

  /// What waits for the receiver.
  private sealed interface Unread {
    record Message(ByteBuffer bytes) implements Unread {}

    /// An answer to a ping.
    record Pong() implements Unread {}

    record End(IOException reason) implements Unread {}
  }

  /// @param keepAlive how long a silence may last before it is looked into, and then the look
  SocketChannel(Duration keepAlive) {
    this.keepAlive = keepAlive;
  }

  /// The connection is made; messages may begin to come.
  void open(WebSocket opened) {
    socket = opened;
    opened.request(UNREAD_LIMIT);
  }

  @Override
  public void onOpen(WebSocket opened) {
    // Messages are asked for by [#open], when the receiver is about to start.
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    message.append(data);
    if (message.length() > MESSAGE_LIMIT) {
      unread.add(new Unread.End(new IOException("a message exceeds " + MESSAGE_LIMIT + " bytes")));
      from.abort();
    } else if (last) {
      byte[] bytes = message.toString().getBytes(StandardCharsets.UTF_8);
      message.setLength(0);
      unread.add(new Unread.Message(ByteBuffer.wrap(bytes)));
    } else {
      // A part was delivered and a message was not.
      from.request(1);
    }
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer payload) {
    unread.add(new Unread.Pong());
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer payload) {
    // The HTTP client answers by itself.
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
    unread.add(new Unread.End(new IOException("the server closed the connection")));
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    unread.add(new Unread.End(error instanceof IOException gone ? gone : new IOException(error)));
  }

  @Override
  public void send(ByteBuffer utf8) throws IOException, InterruptedException {
    String text = StandardCharsets.UTF_8.decode(utf8).toString();
    sending.lockInterruptibly();
    try {
      // One whose sender was interrupted may still be on its way.
      sent(lastFrame);
      lastFrame = socket().sendText(text, true);
      sent(lastFrame);
    } finally {
      sending.unlock();
    }
  }

  private static void sent(CompletableFuture<?> frame) throws IOException, InterruptedException {
    try {
      frame.get();
    } catch (ExecutionException failure) {
      throw failure.getCause() instanceof IOException gone ? gone : new IOException(failure);
    }
  }

  private WebSocket socket() throws IOException {
    WebSocket opened = socket;
    if (opened == null) {
      throw new IOException("not connected");
    }
    return opened;
  }

  @Override
  public @Nullable ByteBuffer receive() throws IOException, InterruptedException {
    boolean hasAsked = false;
    while (true) {
      Unread next = unread.poll(keepAlive.toNanos(), TimeUnit.NANOSECONDS);
      switch (next) {
        case null -> {
          if (hasAsked) {
            throw new IOException("no sign of life for " + Words.of(keepAlive.multipliedBy(2)));
          }
          hasAsked = true;
          // Not behind what is being sent: a dead connection takes nothing more.
          if (socket().sendPing(ByteBuffer.allocate(0)).isCompletedExceptionally()) {
            throw new IOException("the connection broke");
          }
        }
        case Unread.Message(ByteBuffer bytes) -> {
          socket().request(1);
          return bytes;
        }
        case Unread.Pong _ -> {
          hasAsked = false;
          socket().request(1);
        }
        case Unread.End(IOException reason) -> throw reason;
      }
    }
  }

  @Override
  public void close() {
    WebSocket opened = socket;
    if (opened != null) {
      opened.abort();
    }
    unread.add(new Unread.End(new IOException("closed")));
  }
}
