package dev.codexlsp.server.rpc;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.lsp4j.jsonrpc.Endpoint;
import org.eclipse.lsp4j.jsonrpc.JsonRpcException;
import org.eclipse.lsp4j.jsonrpc.messages.Message;
import org.jspecify.annotations.Nullable;

/// One client at the other end of two byte streams.
///
/// The thread that makes it is the reader thread: it calls [#listen] and stays there. It must never
/// wait in a handler, because while it waits nothing arrives, answers included.
public final class Connection {
  private static final Logger LOG = Logger.getLogger(Connection.class.getName());

  /// What a client may have asked without waiting; it bounds every queue behind the handlers.
  static final int UNANSWERED_LIMIT = 512;

  private final MessageCodec codec;
  private final FrameWriter writer;
  private final RequestGate gate;
  private final ClientEndpoint client;
  private final FrameReader reader;
  private final HandOff handOff = new HandOff();
  private final Incoming incoming = new Incoming();

  /// @param in a buffered stream
  /// @param renderer renders our records on their way out
  public Connection(InputStream in, OutputStream out, Renderer renderer) {
    codec = new MessageCodec(renderer);
    writer = new FrameWriter(out, codec);
    gate = new RequestGate(writer);
    client = new ClientEndpoint(gate, incoming);
    reader = new FrameReader(in, FrameReader.FRAME_LIMIT, codec, writer);
  }

  public ClientEndpoint client() {
    return client;
  }

  public HandOff handOff() {
    return handOff;
  }

  /// Lets our requests through to the client; called when it has said `initialized`.
  public void openRequests() {
    gate.open();
  }

  /// Makes [#listen] return after the message at hand. Called on the reader thread.
  public void stop() {
    reader.stop();
  }

  /// Gives every message to the handlers, until the stream ends or [#stop] is called.
  ///
  /// @throws JsonRpcException when a stream fails
  public void listen(Endpoint handlers) {
    incoming.handlers = handlers;
    reader.listen(this::dispatch);
  }

  /// The fence around one message: what escapes here is a bug, and the next message is read.
  private void dispatch(Message message) {
    try {
      client.consume(message);
    } catch (JsonRpcException gone) {
      LOG.log(Level.FINE, "an answer was not sent", gone);
    } catch (RuntimeException | Error bug) {
      LOG.log(Level.SEVERE, "a message failed", bug);
    }
    handOff.run();
  }

  /// Breaks the circle between the endpoint, which must know its handlers when it is made, and the
  /// handlers, which must know the endpoint. Confined to the reader thread.
  private static final class Incoming implements Endpoint {
    private @Nullable Endpoint handlers;

    /// Counted down by whoever answers.
    private final AtomicInteger unanswered = new AtomicInteger();

    private Endpoint handlers() {
      if (handlers == null) {
        throw new IllegalStateException("not listening");
      }
      return handlers;
    }

    @Override
    public CompletableFuture<?> request(String method, @Nullable Object params) {
      if (unanswered.get() >= UNANSWERED_LIMIT) {
        throw Refusal.overloaded();
      }
      CompletableFuture<?> answer = handlers().request(method, params);
      unanswered.incrementAndGet();
      CompletableFuture<?> _ = answer.whenComplete((_, _) -> unanswered.decrementAndGet());
      return answer;
    }

    @Override
    public void notify(String method, @Nullable Object params) {
      handlers().notify(method, params);
    }
  }
}
