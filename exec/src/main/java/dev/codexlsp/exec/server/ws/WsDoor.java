package dev.codexlsp.exec.server.ws;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.server.WebSocketMappings;
import org.eclipse.jetty.websocket.core.server.WebSocketNegotiator;
import org.jspecify.annotations.Nullable;

/// What a listener answers to HTTP: whether it is ready, and the way to a WebSocket at `/`.
///
/// A web page must never get in, so whatever has an `Origin` is turned away first.
final class WsDoor extends Handler.Abstract {
  private static final String SOCKET = "/";
  private static final List<String> HEALTH = List.of("/readyz", "/livez");

  private final WsAuth auth;
  private final WebSocketMappings mappings;
  private final Hall hall;
  private final WebSocketNegotiator negotiator;

  /// What is behind the door.
  ///
  /// @param isFull whether there is no room for one more
  /// @param channels makes the channel of each new WebSocket
  record Hall(BooleanSupplier isFull, Supplier<WsChannel> channels) {}

  WsDoor(WsAuth auth, WebSocketMappings mappings, Hall hall) {
    this.auth = auth;
    this.mappings = mappings;
    this.hall = hall;
    negotiator =
        (request, response, callback) -> {
          // Compression would cost more than it saves, and memory per connection.
          response.setExtensions(List.of());
          return hall.channels().get();
        };
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    if (request.getHeaders().contains(HttpHeader.ORIGIN)) {
      return answer(response, callback, HttpStatus.FORBIDDEN_403, "");
    }
    String path = Request.getPathInContext(request);
    if (HEALTH.contains(path)) {
      return health(request, response, callback);
    }
    if (!path.equals(SOCKET)) {
      return answer(response, callback, HttpStatus.NOT_FOUND_404, "");
    }
    return upgrade(request, response, callback);
  }

  private static boolean health(Request request, Response response, Callback callback) {
    boolean asked =
        HttpMethod.GET.is(request.getMethod()) || HttpMethod.HEAD.is(request.getMethod());
    return answer(
        response, callback, asked ? HttpStatus.OK_200 : HttpStatus.METHOD_NOT_ALLOWED_405, "");
  }

  private boolean upgrade(Request request, Response response, Callback callback) {
    if (!HttpMethod.GET.is(request.getMethod())) {
      return answer(
          response, callback, HttpStatus.METHOD_NOT_ALLOWED_405, "Request method must be `GET`");
    }
    HttpFields headers = request.getHeaders();
    if (!headers.contains(HttpHeader.CONNECTION, "upgrade")) {
      return answer(
          response,
          callback,
          HttpStatus.BAD_REQUEST_400,
          "Connection header did not include 'upgrade'");
    }
    if (!headers.contains(HttpHeader.UPGRADE, "websocket")) {
      return answer(
          response,
          callback,
          HttpStatus.BAD_REQUEST_400,
          "`Upgrade` header did not include 'websocket'");
    }
    @Nullable String refusal = auth.refusalOf(headers.get(HttpHeader.AUTHORIZATION));
    if (refusal != null) {
      return answer(response, callback, HttpStatus.UNAUTHORIZED_401, refusal);
    }
    if (hall.isFull().getAsBoolean()) {
      return answer(
          response,
          callback,
          HttpStatus.SERVICE_UNAVAILABLE_503,
          "there are " + WsListener.CLIENT_LIMIT + " connections already");
    }
    return mappings.upgrade(negotiator, request, response, callback, WsDoor::limit)
        || answer(response, callback, HttpStatus.BAD_REQUEST_400, "not a websocket handshake");
  }

  private static void limit(Configuration configuration) {
    configuration.setMaxFrameSize(WsListener.FRAME_LIMIT);
    configuration.setAutoFragment(false);
    // A client may think for as long as it likes.
    configuration.setIdleTimeout(Duration.ZERO);
  }

  private static boolean answer(Response response, Callback callback, int status, String text) {
    response.setStatus(status);
    if (!text.isEmpty()) {
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
    }
    Content.Sink.write(response, true, text, callback);
    return true;
  }
}
