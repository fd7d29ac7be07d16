package dev.codexlsp.core.model;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A server's refusal to stream.
///
/// @param body as much of it as we cared to read
record HttpAnswer(int status, HttpHeaders headers, String body) {
  static final int BODY_LIMIT = 64 * 1024;

  /// The status says enough: a body that does not come in this time is not waited for.
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /// Reads the body up to the limit, and lets go of the connection.
  static HttpAnswer read(HttpResponse<ByteFeed> response) throws InterruptedException {
    @Nullable ByteFeed feed = response.body();
    if (feed == null) {
      // A proxy that lets nobody through has a status, but the JDK makes no body of what it says.
      return new HttpAnswer(response.statusCode(), response.headers(), "");
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try {
      long end = System.nanoTime() + PATIENCE.toNanos();
      Duration left = PATIENCE;
      while (body.size() < BODY_LIMIT
          && left.isPositive()
          && feed.next(left) instanceof ByteFeed.Signal.Bytes(var buffers)) {
        collect(buffers, body);
        left = Duration.ofNanos(end - System.nanoTime());
      }
    } finally {
      feed.close();
    }
    return new HttpAnswer(
        response.statusCode(), response.headers(), body.toString(StandardCharsets.UTF_8));
  }

  private static void collect(List<ByteBuffer> buffers, ByteArrayOutputStream body) {
    for (ByteBuffer buffer : buffers) {
      byte[] bytes = new byte[Math.min(buffer.remaining(), BODY_LIMIT - body.size())];
      buffer.get(bytes);
      body.write(bytes, 0, bytes.length);
    }
  }
}
