package dev.codexlsp.exec.remote;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// A server that greets everybody in its own way and listens to nobody.
final class Neighbour implements AutoCloseable {
  private final byte[] greeting;
  private final LoopbackDoor door;

  Neighbour(String greeting) throws IOException {
    this.greeting = greeting.getBytes(StandardCharsets.UTF_8);
    door = new LoopbackDoor(this::greet);
  }

  private void greet(Socket guest) throws IOException {
    guest.getOutputStream().write(greeting);
    guest.getInputStream().transferTo(OutputStream.nullOutputStream());
  }

  URI url() {
    return door.url();
  }

  boolean hasGuests() {
    return door.hasGuests();
  }

  @Override
  public void close() {
    door.close();
  }
}
