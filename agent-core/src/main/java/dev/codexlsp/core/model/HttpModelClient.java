package dev.codexlsp.core.model;

import dev.codexlsp.core.model.ModelException.Retry;
import dev.codexlsp.core.thread.CodexErrorInfo.Kind;
import dev.codexlsp.exec.http.HttpClients;
import dev.codexlsp.exec.http.UnusableProxyException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Asks models over HTTP, in the words of their provider, and reads server-sent events. Holds no
/// state, so any number of turns may share it; each call runs on the thread that makes it.
public final class HttpModelClient implements ModelClient {
  private static final int MULTIPLE_CHOICES = 300;
  private static final int INTERNAL_SERVER_ERROR = 500;

  private final HttpClients clients;
  private final RetryDelay delays;
  private final Pause pause;
  private final Clock clock;
  private final Dialect responses = new ResponsesDialect();
  private final Dialect chat;

  /// @param clients who owns them ends them
  /// @param ids makes the ids that a server does not give
  public HttpModelClient(
      HttpClients clients, RetryDelay delays, Pause pause, Clock clock, Supplier<String> ids) {
    this.clients = clients;
    this.delays = delays;
    this.pause = pause;
    this.clock = clock;
    this.chat = new ChatDialect(ids);
  }

  /// What is sent, the same in every try.
  private record Sending(HttpRequest http, HttpClient client, Failures failures) {}

  /// What became of one HTTP request.
  private sealed interface Attempt {

    record Streaming(ModelStream stream) implements Attempt {}

    /// @param isPassing whether the same request may fare better at once, or nearly
    record Failed(ModelException failure, boolean isPassing) implements Attempt {}
  }

  @Override
  public ModelStream open(ModelRequest request) throws ModelException, InterruptedException {
    Failures failures = Failures.hidingSecretsOf(request);
    Dialect dialect =
        switch (request.provider().endpoint().wireApi()) {
          case RESPONSES -> responses;
          case CHAT -> chat;
        };
    Dialect.Question question = dialect.question(request);
    Sending sending =
        new Sending(
            httpRequest(request, dialect.path(), question.body(), failures),
            clients.client(request.provider().endpoint().caFile()),
            failures);
    String route = route(sending, failures);
    Duration patience = request.provider().streamIdleTimeout();
    for (int retry = 1; ; retry++) {
      switch (attempt(sending, route, question, patience)) {
        case Attempt.Streaming(var stream) -> {
          return stream;
        }
        case Attempt.Failed(var failure, var isPassing) -> {
          if (!isPassing || retry > request.provider().requestMaxRetries()) {
            throw failure;
          }
          pause.sleep(delay(failure, retry));
        }
      }
    }
  }

  private Duration delay(ModelException failure, int retry) {
    return switch (failure.retry()) {
      case Retry.After(var named) -> named;
      case Retry.Backoff(), Retry.Never() -> delays.before(retry);
    };
  }

  /// Where the request goes, and how.
  ///
  /// @throws ModelException when there is a proxy that we cannot use
  private String route(Sending sending, Failures failures) throws ModelException {
    URI address = sending.http().uri();
    try {
      String proxy = clients.proxyFor(address);
      return display(address) + (proxy == null ? "" : " through the proxy " + proxy);
    } catch (UnusableProxyException unusable) {
      throw failures.last(Kind.OTHER, String.valueOf(unusable.getMessage()));
    }
  }

  private Attempt attempt(
      Sending sending, String route, Dialect.Question question, Duration patience)
      throws InterruptedException {
    StreamFailures streamFailures = new StreamFailures(sending.failures());
    HttpFailures httpFailures = new HttpFailures(route, sending.failures(), clock);
    try {
      HttpResponse<ByteFeed> response = send(sending, patience);
      if (response == null) {
        return new Attempt.Failed(streamFailures.silent(patience), false);
      }
      if (response.statusCode() < MULTIPLE_CHOICES) {
        return new Attempt.Streaming(
            new EventStream(
                response.body(),
                patience,
                streamFailures,
                question.answers().apply(streamFailures)));
      }
      HttpAnswer answer = HttpAnswer.read(response);
      return new Attempt.Failed(
          httpFailures.refused(answer), answer.status() >= INTERNAL_SERVER_ERROR);
    } catch (IOException e) {
      return new Attempt.Failed(httpFailures.unreachable(e), true);
    }
  }

  /// Waits for the headers; null when none come within the time given. A timeout of the request
  /// itself would do, but could some day include the body, which may take as long as it likes.
  ///
  /// However this ends, no connection is left open that is not returned. Cancelling the future
  /// alone would leave the one of a response that has arrived in the same moment.
  private static @Nullable HttpResponse<ByteFeed> send(Sending sending, Duration patience)
      throws IOException, InterruptedException {
    ByteFeed feed = new ByteFeed();
    CompletableFuture<HttpResponse<ByteFeed>> answer =
        sending.client().sendAsync(sending.http(), head -> feed);
    boolean isTaken = false;
    try {
      HttpResponse<ByteFeed> response = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      isTaken = true;
      return response;
    } catch (TimeoutException e) {
      return null;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    } finally {
      if (!isTaken) {
        answer.cancel(true);
        feed.close();
      }
    }
  }

  private static HttpRequest httpRequest(
      ModelRequest request, String path, String body, Failures failures) throws ModelException {
    ModelProvider provider = request.provider();
    HttpRequest.Builder builder;
    try {
      builder = HttpRequest.newBuilder(address(provider.endpoint(), path));
    } catch (IllegalArgumentException e) {
      throw failures.last(
          Kind.OTHER, "model provider " + provider.id() + ": base_url is not an http address");
    }
    for (Map.Entry<String, String> header : RequestHeaders.of(request).entrySet()) {
      try {
        builder.setHeader(header.getKey(), header.getValue());
      } catch (IllegalArgumentException e) {
        // The JDK's message quotes the value, which may be the credential.
        throw failures.last(
            Kind.OTHER,
            "model provider %s: header %s cannot be sent, HTTP does not allow its name or its value"
                .formatted(provider.id(), header.getKey()));
      }
    }
    return builder.POST(HttpRequest.BodyPublishers.ofString(body)).build();
  }

  private static URI address(ModelProvider.Endpoint endpoint, String path) {
    String base = endpoint.baseUrl().toString();
    StringBuilder address = new StringBuilder(base.endsWith("/") ? base : base + "/").append(path);
    String separator = "?";
    for (Map.Entry<String, String> param : new TreeMap<>(endpoint.queryParams()).entrySet()) {
      address.append(separator).append(encoded(param.getKey()));
      address.append('=').append(encoded(param.getValue()));
      separator = "&";
    }
    return URI.create(address.toString());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /// The address without the parts that may hold a secret.
  private static String display(URI uri) {
    String authority = uri.getRawAuthority();
    String host = authority.substring(authority.lastIndexOf('@') + 1);
    return uri.getScheme() + "://" + host + uri.getPath();
  }
}
