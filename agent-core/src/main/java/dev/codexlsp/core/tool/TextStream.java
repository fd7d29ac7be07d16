package dev.codexlsp.core.tool;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Makes text of bytes that come in pieces: a character cut by the end of a piece waits for the
/// next one. Bytes that are no UTF-8 become replacement characters. Confined to one thread.
final class TextStream {
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private ByteBuffer rest = ByteBuffer.allocate(0);

  String decode(ByteBuffer piece) {
    ByteBuffer bytes = ByteBuffer.allocate(rest.remaining() + piece.remaining());
    bytes.put(rest).put(piece.duplicate()).flip();
    CharBuffer text = CharBuffer.allocate(bytes.remaining());
    decoder.decode(bytes, text, false);
    rest = bytes.slice();
    return text.flip().toString();
  }

  /// What is left when nothing comes any more.
  String end() {
    CharBuffer text = CharBuffer.allocate(rest.remaining() + 1);
    decoder.decode(rest, text, true);
    decoder.flush(text);
    rest = ByteBuffer.allocate(0);
    return text.flip().toString();
  }
}
