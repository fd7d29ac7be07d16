package dev.codexlsp.exec.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;

/// Asks for an address as our programs do, in a JVM of its own: `ADDRESS [CA_FILE]`. What the JDK
/// allows towards proxies is decided once a JVM. Prints the status, or the failure.
final class FetchProgram {
  private FetchProgram() {}

  public static void main(String[] args) throws Exception {
    try (HttpClients clients =
        new HttpClients(System.getenv(), Duration.ofSeconds(10), Thread::startVirtualThread)) {
      Path caFile = args.length > 1 ? Path.of(args[1]) : null;
      System.err.println(
          clients
              .client(caFile)
              .send(
                  HttpRequest.newBuilder(URI.create(args[0])).build(),
                  HttpResponse.BodyHandlers.discarding())
              .statusCode());
    } catch (IOException failure) {
      System.err.println(failure);
    }
  }
}
