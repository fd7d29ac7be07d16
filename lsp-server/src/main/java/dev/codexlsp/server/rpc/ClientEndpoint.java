package dev.codexlsp.server.rpc;

import com.google.gson.JsonObject;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.lsp4j.jsonrpc.Endpoint;
import org.eclipse.lsp4j.jsonrpc.JsonRpcException;
import org.eclipse.lsp4j.jsonrpc.MessageConsumer;
import org.eclipse.lsp4j.jsonrpc.RemoteEndpoint;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.jsonrpc.messages.RequestMessage;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseMessage;
import org.jspecify.annotations.Nullable;

/// The client, as something to talk to.
///
/// Any thread may send. Params may be JSON trees or anything that the connection's renderer knows.
/// A notification that cannot be sent is dropped: whoever notifies has nothing better to do about a
/// client that has gone.
public final class ClientEndpoint extends RemoteEndpoint {
  private static final Logger LOG = Logger.getLogger(ClientEndpoint.class.getName());

  private final MessageConsumer out;
  private final AtomicLong nextId = new AtomicLong();

  ClientEndpoint(MessageConsumer out, Endpoint local) {
    super(out, local, Failures::error);
    this.out = out;
  }

  /// Params on their way to [#createRequestMessage], which is the only place that may name the id.
  private record Numbered(long id, @Nullable Object params) {}

  /// Asks the client something. Returns at once; before `initialized` the request waits.
  public SentRequest send(String method, Object params) {
    long id = nextId.getAndIncrement();
    return new SentRequest(id, request(method, new Numbered(id, params)));
  }

  @Override
  public void notify(String method, @Nullable Object params) {
    try {
      out.consume(createNotificationMessage(method, params));
    } catch (JsonRpcException gone) {
      LOG.log(Level.FINE, "not sent: {0}", method);
    } catch (RuntimeException bug) {
      LOG.log(Level.SEVERE, "cannot render " + method, bug);
    }
  }

  @Override
  protected RequestMessage createRequestMessage(String method, @Nullable Object params) {
    Numbered numbered =
        params instanceof Numbered known ? known : new Numbered(nextId.getAndIncrement(), params);
    RequestMessage request = super.createRequestMessage(method, numbered.params());
    request.setRawId(Either.forRight(numbered.id()));
    return request;
  }

  @Override
  protected void sendCancelNotification(Either<String, Number> id) {
    JsonObject params = new JsonObject();
    params.addProperty("id", id.getRight());
    notify(MessageCodec.CANCEL, params);
  }

  /// The one place where a failed request and its method meet.
  @Override
  protected ResponseMessage createErrorResponseMessage(
      RequestMessage request, ResponseError error) {
    if (error.getData() instanceof Throwable bug) {
      error.setData(null);
      LOG.log(Level.SEVERE, "bug in " + request.getMethod(), bug);
    }
    return super.createErrorResponseMessage(request, error);
  }
}
