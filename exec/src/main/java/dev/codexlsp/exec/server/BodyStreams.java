package dev.codexlsp.exec.server;

import dev.codexlsp.exec.protocol.ExecMessage;
import dev.codexlsp.exec.protocol.ExecMethods;
import dev.codexlsp.exec.protocol.HttpBodyDelta;
import dev.codexlsp.exec.protocol.Payload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The bodies of HTTP responses that are on their way to the client of one connection, each on a
/// thread of the connection's crew. A client that does not read holds the web server back.
final class BodyStreams {
  private static final Logger LOG = Logger.getLogger(BodyStreams.class.getName());

  static final int LIMIT = 64;
  private static final int DELTA_BYTES = 64 * 1024;

  private final ExecConnection connection;
  private final Crew crew;
  private final Set<String> active = ConcurrentHashMap.newKeySet();

  BodyStreams(ExecConnection connection, Crew crew) {
    this.connection = connection;
    this.crew = crew;
  }

  /// Takes the id for a body to come.
  void claim(String requestId) throws Refused {
    if (active.size() >= LIMIT) {
      throw Refused.failed("no more than " + LIMIT + " response bodies may be streamed");
    }
    if (!active.add(requestId)) {
      throw Refused.invalidParams(
          "http/request streamResponse requestId `" + requestId + "` is already active");
    }
  }

  void release(String requestId) {
    active.remove(requestId);
  }

  /// Sends a body, and closes it.
  ///
  /// @param requestId claimed before, free again when the body has ended
  void start(String requestId, HttpHandlers.Body body) {
    crew.start("exec-http-" + requestId, () -> pump(requestId, body));
  }

  private void pump(String requestId, HttpHandlers.Body body) {
    try (body) {
      long sequence = 0;
      byte[] buffer = new byte[DELTA_BYTES];
      @Nullable String error = null;
      try {
        for (int count = body.in().read(buffer); count >= 0; count = body.in().read(buffer)) {
          ByteBuffer delta = ByteBuffer.wrap(Arrays.copyOf(buffer, count));
          tell(new HttpBodyDelta(requestId, ++sequence, delta, false, null));
        }
      } catch (IOException cut) {
        error = body.problem(cut);
      }
      release(requestId);
      tell(new HttpBodyDelta(requestId, ++sequence, ByteBuffer.allocate(0), true, error));
    } catch (IOException | ClientGone gone) {
      LOG.log(Level.FINE, "a response body ended early", gone);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      release(requestId);
    }
  }

  /// Tells a client that cannot hear apart from a web server that does not speak.
  private static final class ClientGone extends Exception {
    private static final long serialVersionUID = 1;

    ClientGone(IOException cause) {
      super(cause);
    }
  }

  private void tell(HttpBodyDelta delta) throws ClientGone, InterruptedException {
    try {
      connection.send(
          new ExecMessage.Notification(ExecMethods.HTTP_BODY_DELTA.name(), Payload.of(delta)));
    } catch (IOException gone) {
      throw new ClientGone(gone);
    }
  }
}
