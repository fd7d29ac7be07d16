package dev.codexlsp.core.model;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Cuts server-sent events out of a byte stream. Bytes may arrive in pieces of any size: lines are
/// collected as bytes and decoded only when they are whole, so a character that two reads share is
/// never broken. Only `data` is kept; the event's type stands inside our JSON as well.
///
/// Belongs to one thread.
final class SseParser {
  private static final byte[] DATA = "data".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] BYTE_ORDER_MARK = "\uFEFF".getBytes(StandardCharsets.UTF_8);

  private final int limit;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private boolean hasData;
  private boolean firstLine = true;
  private boolean afterCarriageReturn;

  /// @param limit the bytes that one event may have
  SseParser(int limit) {
    this.limit = limit;
  }

  /// An event that is larger than the limit; nothing sensible can be read behind it.
  static final class TooLarge extends Exception {
    private static final long serialVersionUID = 1;
  }

  /// Reads up to the end of one event.
  ///
  /// @return the event's data; null when the bytes are used up before it is complete
  @Nullable String next(ByteBuffer bytes) throws TooLarge {
    while (bytes.hasRemaining()) {
      if (!readLine(bytes)) {
        return null;
      }
      if (endLine()) {
        String event = data.toString(StandardCharsets.UTF_8);
        data.reset();
        hasData = false;
        return event;
      }
    }
    return null;
  }

  /// Moves bytes into the line; true when its end was among them.
  private boolean readLine(ByteBuffer bytes) throws TooLarge {
    if (afterCarriageReturn) {
      afterCarriageReturn = false;
      if (bytes.get(bytes.position()) == '\n') {
        bytes.get();
      }
    }
    int start = bytes.position();
    int end = start;
    while (end < bytes.limit() && bytes.get(end) != '\n' && bytes.get(end) != '\r') {
      end++;
    }
    collect(bytes, end - start);
    if (!bytes.hasRemaining()) {
      return false;
    }
    afterCarriageReturn = bytes.get() == '\r';
    return true;
  }

  private void collect(ByteBuffer bytes, int length) throws TooLarge {
    if (length > limit - line.size() - data.size()) {
      throw new TooLarge();
    }
    byte[] piece = new byte[length];
    bytes.get(piece);
    line.write(piece, 0, length);
  }

  /// Takes the collected line; true when it ends an event that has data.
  private boolean endLine() {
    byte[] bytes = line.toByteArray();
    line.reset();
    int start = firstLine && startsWith(bytes, BYTE_ORDER_MARK, 0) ? BYTE_ORDER_MARK.length : 0;
    firstLine = false;
    if (start == bytes.length) {
      return hasData;
    }
    int afterName = start + DATA.length;
    if (startsWith(bytes, DATA, start) && (bytes.length == afterName || bytes[afterName] == ':')) {
      addData(bytes, Math.min(afterName + 1, bytes.length));
    }
    return false;
  }

  private void addData(byte[] bytes, int from) {
    if (hasData) {
      data.write('\n');
    }
    hasData = true;
    int start = from < bytes.length && bytes[from] == ' ' ? from + 1 : from;
    data.write(bytes, start, bytes.length - start);
  }

  private static boolean startsWith(byte[] bytes, byte[] prefix, int from) {
    if (bytes.length - from < prefix.length) {
      return false;
    }
    for (int i = 0; i < prefix.length; i++) {
      if (bytes[from + i] != prefix[i]) {
        return false;
      }
    }
    return true;
  }
}
