package dev.codexlsp.core.tool;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What kinds of pictures models take, known by how the files begin: what a file is called says
/// nothing. Pure.
enum ImageKind {
  PNG("image/png"),
  JPEG("image/jpeg"),
  GIF("image/gif"),
  WEBP("image/webp");

  private static final int FORMAT_OF_RIFF = 8;

  private final String mediaType;

  ImageKind(String mediaType) {
    this.mediaType = mediaType;
  }

  String mediaType() {
    return mediaType;
  }

  /// Null when it is none of them.
  static @Nullable ImageKind of(ByteBuffer file) {
    if (has(file, 0, "\u0089PNG\r\n\u001a\n")) {
      return PNG;
    }
    if (has(file, 0, "\u00ff\u00d8\u00ff")) {
      return JPEG;
    }
    if (has(file, 0, "GIF87a") || has(file, 0, "GIF89a")) {
      return GIF;
    }
    return has(file, 0, "RIFF") && has(file, FORMAT_OF_RIFF, "WEBP") ? WEBP : null;
  }

  private static boolean has(ByteBuffer file, int offset, String expected) {
    byte[] bytes = expected.getBytes(StandardCharsets.ISO_8859_1);
    return file.remaining() >= offset + bytes.length
        && file.slice(file.position() + offset, bytes.length).equals(ByteBuffer.wrap(bytes));
  }
}
