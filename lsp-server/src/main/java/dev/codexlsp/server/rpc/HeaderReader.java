package dev.codexlsp.server.rpc;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads the header block of a frame, and finds the next one after a block that made no sense.
///
/// A block without a usable length leaves an unknown number of bytes behind it. They are read as
/// lines until one of them holds a `Content-Length` header; as JSON text has no line breaks of its
/// own, that header may stand at the end of a body that nobody could delimit.
final class HeaderReader {
  /// No header that we know is longer. Of a longer line only the end is kept.
  private static final int MAX_LINE = 4096;

  private static final String CONTENT_LENGTH = "content-length:";

  private final InputStream in;

  /// True from a bad header, which has been refused, to the next good one.
  private boolean lost;

  HeaderReader(InputStream in) {
    this.in = in;
  }

  /// Reads to the end of the next header block.
  ///
  /// @return the length of the body that follows
  /// @throws Refusal when the block is bad; once for all that is skipped until the next good one
  /// @throws EOFException at the end of the stream
  long contentLength() throws IOException {
    @Nullable String length = null;
    boolean inBlock = false;
    while (true) {
      String line = line();
      if (line.isEmpty()) {
        if (length != null) {
          lost = false;
          return parse(length);
        }
        if (inBlock) {
          refuse("a frame must have a `Content-Length` header");
        }
        // Blank lines between frames are harmless.
        continue;
      }
      inBlock = true;
      String name = line.toLowerCase(Locale.ROOT);
      int header = lost ? name.lastIndexOf(CONTENT_LENGTH) : name.indexOf(CONTENT_LENGTH);
      if (header == 0 || (header > 0 && lost)) {
        length = line.substring(header + CONTENT_LENGTH.length()).trim();
      } else if (!isHeader(line)) {
        refuse("expected a `Content-Length` header");
      }
    }
  }

  private void refuse(String message) {
    if (!lost) {
      lost = true;
      throw Refusal.invalidRequest(message);
    }
  }

  private long parse(String length) {
    try {
      long parsed = Long.parseLong(length);
      if (parsed >= 0) {
        return parsed;
      }
    } catch (NumberFormatException notANumber) {
      // Refused below, like a negative number.
    }
    lost = true;
    throw Refusal.invalidRequest("bad `Content-Length` header");
  }

  private static boolean isHeader(String line) {
    int colon = line.indexOf(':');
    return colon > 0
        && line.chars().limit(colon).allMatch(c -> Character.isLetterOrDigit(c) || c == '-');
  }

  /// The next line, or the end of one that was refused for its length, without the line feed;
  /// characters are bytes here.
  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException();
      }
      if (c != '\r') {
        line.append((char) c);
      }
      if (line.length() > MAX_LINE) {
        refuse("a header line is longer than " + MAX_LINE + " bytes");
        line.delete(0, MAX_LINE - CONTENT_LENGTH.length());
      }
    }
    return line.toString();
  }
}
