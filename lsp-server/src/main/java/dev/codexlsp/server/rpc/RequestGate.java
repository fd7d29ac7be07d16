package dev.codexlsp.server.rpc;

import com.google.gson.JsonElement;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.lsp4j.jsonrpc.JsonRpcException;
import org.eclipse.lsp4j.jsonrpc.MessageConsumer;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.jsonrpc.messages.Message;
import org.eclipse.lsp4j.jsonrpc.messages.NotificationMessage;
import org.eclipse.lsp4j.jsonrpc.messages.RequestMessage;
import org.jspecify.annotations.Nullable;

/// Holds our requests back until the client has said `initialized`; LSP allows none before. All
/// other messages pass.
///
/// Any thread may send; the reader thread opens. A request that is cancelled while it is held is
/// forgotten, as the client never knew of it.
final class RequestGate implements MessageConsumer {
  /// More than this many questions before the client is ready mean that something is wrong.
  static final int MAX_HELD = 256;

  private final MessageConsumer out;

  /// Guards `held` and `open`, and keeps the order of the requests while the gate opens.
  private final ReentrantLock lock = new ReentrantLock();

  private final Queue<RequestMessage> held = new ArrayDeque<>();
  private boolean open;

  RequestGate(MessageConsumer out) {
    this.out = out;
  }

  @Override
  public void consume(Message message) {
    if (!hold(message)) {
      out.consume(message);
    }
  }

  /// Sends what was held, in order, and holds nothing from now on.
  void open() {
    lock.lock();
    try {
      open = true;
      for (RequestMessage next = held.poll(); next != null; next = held.poll()) {
        out.consume(next);
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean hold(Message message) {
    lock.lock();
    try {
      if (open) {
        return false;
      }
      if (message instanceof RequestMessage request) {
        if (held.size() == MAX_HELD) {
          throw new JsonRpcException(
              new IOException(MAX_HELD + " requests already wait for `initialized`"));
        }
        return held.add(request);
      }
      return message instanceof NotificationMessage notification && forgetCancelled(notification);
    } finally {
      lock.unlock();
    }
  }

  private boolean forgetCancelled(NotificationMessage notification) {
    if (!notification.getMethod().equals(MessageCodec.CANCEL)
        || !(notification.getParams() instanceof JsonElement params)) {
      return false;
    }
    @Nullable Either<String, Number> id = MessageCodec.id(params);
    return held.removeIf(request -> request.getRawId().equals(id));
  }
}
