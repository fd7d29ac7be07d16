package dev.codexlsp.exec.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Bytes as padded standard base64, as strict as the original: the JDK's decoder by itself takes
/// text without padding, and bits at the end that mean nothing.
final class Base64Text {
  private static final String LOW_BITS_ZERO_OF_4 = "AQgw";
  private static final String LOW_BITS_ZERO_OF_2 = "AEIMQUYcgkosw048";

  private Base64Text() {}

  static String encode(ByteBuffer bytes) {
    ByteBuffer text = Base64.getEncoder().encode(bytes.duplicate());
    return StandardCharsets.ISO_8859_1.decode(text).toString();
  }

  /// @throws IllegalArgumentException when it is no base64; the text itself is not in the message
  static ByteBuffer decode(String text) {
    // A character beyond Latin-1 becomes a question mark, which base64 does not know either.
    return decode(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
  }

  /// @param text in ASCII
  /// @throws IllegalArgumentException when it is no base64
  static ByteBuffer decode(ByteBuffer text) {
    if (text.remaining() % 4 != 0) {
      throw new IllegalArgumentException("invalid base64: wrong length or padding");
    }
    checkLastSymbol(text);
    try {
      return Base64.getDecoder().decode(text.duplicate());
    } catch (IllegalArgumentException malformed) {
      throw new IllegalArgumentException("invalid base64: " + malformed.getMessage(), malformed);
    }
  }

  private static void checkLastSymbol(ByteBuffer text) {
    int end = text.limit();
    if (!text.hasRemaining() || text.get(end - 1) != '=') {
      return;
    }
    boolean oneByte = text.get(end - 2) == '=';
    char last = (char) text.get(oneByte ? end - 3 : end - 2);
    if ((oneByte ? LOW_BITS_ZERO_OF_4 : LOW_BITS_ZERO_OF_2).indexOf(last) < 0) {
      throw new IllegalArgumentException("invalid base64: bad last symbol");
    }
  }
}
