package dev.codexlsp.exec.server;

import dev.codexlsp.exec.http.HttpClients;
import dev.codexlsp.exec.http.UnusableProxyException;
import dev.codexlsp.exec.protocol.HttpRequest;
import dev.codexlsp.exec.protocol.HttpRequest.ResultHeader;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Asks web servers on behalf of a client. Any thread may call it; it waits on that thread.
final class HttpHandlers implements AutoCloseable {
  static final String BODY_FAILED = "failed to read http/request response body: ";

  /// A larger body has to be streamed.
  static final int BODY_LIMIT = 64 * 1024 * 1024;

  private static final int REDIRECT_LIMIT = 10;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);

  private final Map<String, String> environment;
  private final ScheduledExecutorService timer;

  /// Virtual threads: a callback may wait for a client that does not read.
  private final HttpClients clients;

  /// @param environment of this process
  /// @param timer runs what is short
  HttpHandlers(Map<String, String> environment, ScheduledExecutorService timer) {
    this.environment = environment;
    this.timer = timer;
    this.clients = new HttpClients(environment, CONNECT_TIMEOUT, Thread::startVirtualThread);
  }

  HttpRequest.Result request(HttpRequest params, Call call) throws Refused, InterruptedException {
    WebRequest request = WebRequest.of(params, environment);
    if (!params.streamResponse()) {
      return whole(request, params);
    }
    BodyStreams bodies = call.connection().bodies();
    bodies.claim(params.requestId());
    boolean streaming = false;
    try {
      Deadline deadline = Deadline.of(params);
      HttpResponse<InputStream> response = response(request, params, deadline);
      @Nullable Future<?> alarm = deadline.closes(response.body(), timer);
      Body body = new Body(response.body(), deadline, alarm);
      call.afterAnswer(() -> bodies.start(params.requestId(), body));
      streaming = true;
      return result(response, ByteBuffer.allocate(0));
    } finally {
      if (!streaming) {
        bodies.release(params.requestId());
      }
    }
  }

  private HttpRequest.Result whole(WebRequest request, HttpRequest params)
      throws Refused, InterruptedException {
    Deadline deadline = Deadline.of(params);
    HttpResponse<InputStream> response = response(request, params, deadline);
    @Nullable Future<?> alarm = deadline.closes(response.body(), timer);
    Body body = new Body(response.body(), deadline, alarm);
    try (body) {
      byte[] bytes = body.in().readNBytes(BODY_LIMIT);
      if (body.in().read() >= 0) {
        throw Refused.failed(BODY_FAILED + "it exceeds " + BODY_LIMIT + " bytes");
      }
      return result(response, ByteBuffer.wrap(bytes));
    } catch (IOException cut) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      throw Refused.failed(body.problem(cut));
    }
  }

  /// What a web server sends until the deadline.
  ///
  /// @param alarm closes it in time; null when there is no deadline
  record Body(InputStream in, Deadline deadline, @Nullable Future<?> alarm)
      implements AutoCloseable {

    /// Why it ended early.
    String problem(IOException cut) {
      return BODY_FAILED + (deadline.isOver() ? "timed out" : cut.getMessage());
    }

    @Override
    public void close() throws IOException {
      if (alarm != null) {
        alarm.cancel(false);
      }
      in.close();
    }
  }

  private HttpResponse<InputStream> response(
      WebRequest request, HttpRequest params, Deadline deadline)
      throws Refused, InterruptedException {
    boolean follow = params.redirectPolicy() != HttpRequest.RedirectPolicy.STOP;
    WebRequest next = request;
    try {
      for (int hops = 0; hops <= REDIRECT_LIMIT; hops++) {
        if (deadline.isOver()) {
          throw Refused.failed("http/request failed: timed out");
        }
        HttpResponse<InputStream> response =
            clients.client().send(next.toJdk(deadline.left()), BodyHandlers.ofInputStream());
        String location = response.headers().firstValue("location").orElse(null);
        WebRequest redirected = follow ? next.redirected(response.statusCode(), location) : null;
        if (redirected == null) {
          return response;
        }
        response.body().close();
        next = redirected;
      }
      throw Refused.failed("http/request failed: more than " + REDIRECT_LIMIT + " redirects");
    } catch (UnusableProxyException unusable) {
      throw Refused.failed("http/request failed: " + unusable.getMessage());
    } catch (IOException failure) {
      throw Refused.failed("http/request failed: " + reason(failure) + " (" + next.uri() + ")");
    }
  }

  /// The JDK hides what the system said behind an exception without a message.
  private static String reason(IOException failure) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return "unknown host";
      }
      if (cause.getMessage() != null) {
        return cause.getMessage();
      }
    }
    return failure instanceof ConnectException ? "cannot connect" : failure.getClass().getName();
  }

  private static HttpRequest.Result result(HttpResponse<InputStream> response, ByteBuffer body) {
    List<ResultHeader> headers = new ArrayList<>();
    response
        .headers()
        .map()
        .forEach((name, values) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          values.forEach(value -> headers.add(new ResultHeader(lower, value)));
        });
    return new HttpRequest.Result(response.statusCode(), headers, body);
  }

  @Override
  public void close() {
    clients.close();
  }

  /// When the client has no patience any more.
  ///
  /// @param at by [System#nanoTime]; null for never
  record Deadline(@Nullable Long at) {
    static Deadline of(HttpRequest params) {
      return new Deadline(
          params.timeoutMs() == null
              ? null
              : Long.valueOf(System.nanoTime() + nanos(params.timeoutMs())));
    }

    /// No more than a clock can count.
    private static long nanos(long millis) {
      return Math.min(TimeUnit.MILLISECONDS.toNanos(millis), Long.MAX_VALUE / 4);
    }

    boolean isOver() {
      return at != null && at - System.nanoTime() <= 0;
    }

    @Nullable Duration left() {
      return at == null ? null : Duration.ofNanos(Math.max(1, at - System.nanoTime()));
    }

    /// Ends the reading of a body in time.
    @Nullable Future<?> closes(InputStream body, ScheduledExecutorService timer) {
      return at == null
          ? null
          : timer.schedule(() -> close(body), at - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private static void close(InputStream body) {
      try {
        body.close();
      } catch (IOException gone) {
        // What reads it is told.
      }
    }
  }
}
