package dev.codexlsp.exec.remote;

import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How an HTTP connection becomes a WebSocket, as its client (RFC 6455, section 4.1). No extension
/// and no other protocol is asked for, and a redirect is an answer like any other: a credential
/// must not travel to a host that nobody configured.
///
/// @param key what the server has to show that it has understood
record WsHandshake(URI url, @Nullable String bearerToken, String key) {
  static final int SWITCHING_PROTOCOLS = 101;

  /// All lines of an answer together; a page that explains a refusal is not read.
  static final int HEAD_LIMIT = 16 * 1024;

  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] (\\d{3})( .*)?");

  /// The request, to be sent as it is.
  byte[] request() {
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    StringBuilder text = new StringBuilder("GET ").append(path);
    if (url.getRawQuery() != null) {
      text.append('?').append(url.getRawQuery());
    }
    text.append(" HTTP/1.1\r\nHost: ").append(url.getHost());
    if (url.getPort() >= 0) {
      text.append(':').append(url.getPort());
    }
    text.append("\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13");
    text.append("\r\nSec-WebSocket-Key: ").append(key);
    if (bearerToken != null) {
      text.append("\r\nAuthorization: Bearer ").append(bearerToken);
    }
    return text.append("\r\n\r\n").toString().getBytes(StandardCharsets.US_ASCII);
  }

  /// Reads the answer, and not a byte more when it is the one that is wanted.
  ///
  /// @return the HTTP status; with [#SWITCHING_PROTOCOLS] everything else is as it must be
  /// @throws ProtocolException when it is no answer of a WebSocket server; the message says why,
  ///   for a sentence that begins with the server
  int status(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    String first = line(in, head);
    Matcher line = STATUS_LINE.matcher(first);
    if (!line.matches()) {
      throw new ProtocolException("it said \"" + Words.firstLine(first) + "\"");
    }
    int status = Integer.parseInt(line.group(1));
    if (status == SWITCHING_PROTOCOLS) {
      check(fields(in, head));
    }
    return status;
  }

  private static Map<String, String> fields(InputStream in, StringBuilder head) throws IOException {
    Map<String, String> fields = new HashMap<>();
    for (String line = line(in, head); !line.isEmpty(); line = line(in, head)) {
      int colon = line.indexOf(':');
      if (colon <= 0) {
        throw new ProtocolException("its answer to the upgrade has a line without a name");
      }
      String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
      fields.merge(name, line.substring(colon + 1).strip(), (one, two) -> one + "," + two);
    }
    return fields;
  }

  private void check(Map<String, String> fields) throws ProtocolException {
    if (!holds(fields.get("upgrade"), "websocket") || !holds(fields.get("connection"), "upgrade")) {
      throw new ProtocolException("it switched to something else than a WebSocket");
    }
    if (!accept().equals(fields.get("sec-websocket-accept"))) {
      throw new ProtocolException("its answer to the upgrade does not belong to the request");
    }
    if (fields.containsKey("sec-websocket-extensions")
        || fields.containsKey("sec-websocket-protocol")) {
      throw new ProtocolException("it chose an extension or a protocol that was not offered");
    }
  }

  private static boolean holds(@Nullable String field, String word) {
    if (field != null) {
      for (String each : field.split(",", -1)) {
        if (each.strip().equalsIgnoreCase(word)) {
          return true;
        }
      }
    }
    return false;
  }

  private String accept() {
    try {
      byte[] text = (key + GUID).getBytes(StandardCharsets.US_ASCII);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("this JDK has no SHA-1", impossible);
    }
  }

  /// A line without its end.
  ///
  /// @param head what was read so far, for the limit
  private static String line(InputStream in, StringBuilder head) throws IOException {
    int start = head.length();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("the server closed the connection");
      }
      if (head.length() >= HEAD_LIMIT) {
        throw new ProtocolException("its answer exceeds " + HEAD_LIMIT + " bytes");
      }
      head.append((char) c);
    }
    int end = head.length();
    return head.substring(start, end > start && head.charAt(end - 1) == '\r' ? end - 1 : end);
  }
}
