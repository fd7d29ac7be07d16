package dev.codexlsp.exec.remote;

import dev.codexlsp.exec.http.HttpClients;
import dev.codexlsp.exec.protocol.ExecChannel;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Connects by WebSocket. The HTTP client is made by the first connection.
final class SocketDialer implements Dialer {
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final int UNAUTHORIZED = 401;
  private static final int UNAVAILABLE = 500;

  private final RemotePlace.Socket place;
  private final Duration keepAlive;
  private final HttpClient client;

  SocketDialer(RemotePlace.Socket place, Duration keepAlive) {
    this.place = place;
    this.keepAlive = keepAlive;
    this.client =
        HttpClients.create(
            place.connectTimeout(),
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("exec-ws-", 0).factory()));
  }

  @Override
  public ExecChannel dial(Duration limit) throws DialException, InterruptedException {
    Duration timeout = place.connectTimeout().compareTo(limit) < 0 ? place.connectTimeout() : limit;
    SocketChannel channel = new SocketChannel(keepAlive);
    WebSocket.Builder builder = client.newWebSocketBuilder().connectTimeout(timeout);
    if (place.bearerToken() != null) {
      builder.header("Authorization", "Bearer " + place.bearerToken());
    }
    CompletableFuture<WebSocket> connecting = builder.buildAsync(place.url(), channel);
    try {
      channel.open(connecting.get());
      return channel;
    } catch (ExecutionException failure) {
      throw told(failure.getCause(), timeout);
    } catch (InterruptedException interrupt) {
      // It may still succeed, but then nobody wants it.
      var _ = connecting.thenAccept(WebSocket::abort);
      throw interrupt;
    }
  }

  private DialException told(@Nullable Throwable failure, Duration timeout) {
    String who = place.described();
    return switch (failure) {
      case null -> new DialException("cannot reach " + who, true);
      case WebSocketHandshakeException refused -> refused(refused.getResponse().statusCode());
      case HttpTimeoutException _ ->
          new DialException("cannot reach " + who + " within " + Words.of(timeout), true);
      case SSLException insecure ->
          new DialException(
              "cannot reach " + who + " safely: " + Words.of((IOException) insecure), false);
      case IOException unreachable ->
          new DialException("cannot reach " + who + ": " + Words.of(unreachable), true);
      default -> new DialException("cannot reach " + who + ": " + failure, false);
    };
  }

  private DialException refused(int status) {
    String who = place.described();
    if (status == UNAUTHORIZED) {
      return new DialException(
          who
              + (place.bearerToken() == null
                  ? " wants a bearer token, and none is configured"
                  : " refused the bearer token"),
          false);
    }
    return new DialException(
        who + " does not speak the exec-server protocol: it answered with HTTP status " + status,
        status >= UNAVAILABLE);
  }

  /// As in the original: whoever has lost a connection wants it back at once.
  @Override
  public Duration pause(int attempts) {
    return PAUSE;
  }

  @Override
  public Thread.Builder receiver() {
    return Thread.ofVirtual().name("exec-receive");
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
