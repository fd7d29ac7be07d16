package dev.codexlsp.core.model;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// One HTTP response on the wire, sent piece by piece. Belongs to the thread that plays it.
final class FakeResponse {
  private final Socket socket;
  private final OutputStream out;
  private boolean hasBegun;
  private boolean hasEnded;
  private boolean isBytewise;

  FakeResponse(Socket socket) throws IOException {
    this.socket = socket;
    this.out = socket.getOutputStream();
  }

  boolean hasBegun() {
    return hasBegun;
  }

  boolean isOpen() {
    return !hasEnded;
  }

  void sendBytewise() {
    isBytewise = true;
  }

  void begin() throws IOException {
    hasBegun = true;
    write(
        "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n");
  }

  /// Sends the text as one chunk, or as one chunk per byte.
  void send(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int step = isBytewise ? 1 : bytes.length;
    for (int i = 0; i < bytes.length; i += step) {
      byte[] size = (Integer.toHexString(step) + "\r\n").getBytes(StandardCharsets.US_ASCII);
      byte[] chunk = new byte[size.length + step + 2];
      System.arraycopy(size, 0, chunk, 0, size.length);
      System.arraycopy(bytes, i, chunk, size.length, step);
      chunk[chunk.length - 2] = '\r';
      chunk[chunk.length - 1] = '\n';
      out.write(chunk);
    }
  }

  void end() throws IOException {
    hasEnded = true;
    write("0\r\n\r\n");
  }

  void cut() throws IOException {
    hasEnded = true;
    socket.close();
  }

  void refuse(int status, JsonObject headers, String body) throws IOException {
    hasBegun = true;
    hasEnded = true;
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Scripted\r\n");
    headers
        .entrySet()
        .forEach(header ->
            head.append(header.getKey().toLowerCase(Locale.ROOT))
                .append(": ")
                .append(header.getValue().getAsString())
                .append("\r\n"));
    head.append("content-length: ").append(body.getBytes(StandardCharsets.UTF_8).length);
    write(head.append("\r\n\r\n").append(body).toString());
  }

  private void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
