package dev.codexlsp.core.tool;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// How large a picture is, read from its first bytes: loading what can decode it costs a tenth of a
/// second, and most pictures are small enough. Pure.
record ImageSize(int width, int height) {
  private static final int BYTE = 0xFF;
  private static final int PNG_WIDTH = 16;
  private static final int GIF_WIDTH = 6;
  private static final int WEBP_KIND = 12;
  private static final int WEBP_DATA = 20;
  private static final int BITS_14 = 0x3FFF;
  private static final int BITS_24 = 0xFFFFFF;

  /// Null when the file is cut or broken there.
  static @Nullable ImageSize of(ImageKind kind, ByteBuffer file) {
    ByteBuffer bytes = file.slice();
    try {
      ImageSize size =
          switch (kind) {
            case PNG -> new ImageSize(bytes.getInt(PNG_WIDTH), bytes.getInt(PNG_WIDTH + 4));
            case GIF -> gif(bytes.order(ByteOrder.LITTLE_ENDIAN));
            case JPEG -> jpeg(bytes);
            case WEBP -> webp(bytes.order(ByteOrder.LITTLE_ENDIAN));
          };
      return size != null && size.width > 0 && size.height > 0 ? size : null;
    } catch (IndexOutOfBoundsException cut) {
      return null;
    }
  }

  long pixels() {
    return (long) width * height;
  }

  private static ImageSize gif(ByteBuffer bytes) {
    return new ImageSize(
        Short.toUnsignedInt(bytes.getShort(GIF_WIDTH)),
        Short.toUnsignedInt(bytes.getShort(GIF_WIDTH + 2)));
  }

  /// The sizes stand in the first frame header, behind any number of other segments.
  private static @Nullable ImageSize jpeg(ByteBuffer bytes) {
    int at = 2;
    while ((bytes.get(at) & BYTE) == BYTE) {
      int marker = bytes.get(at + 1) & BYTE;
      if (marker == BYTE) {
        at++;
        continue;
      }
      if (isFrame(marker)) {
        return new ImageSize(
            Short.toUnsignedInt(bytes.getShort(at + 7)),
            Short.toUnsignedInt(bytes.getShort(at + 5)));
      }
      at += 2 + Short.toUnsignedInt(bytes.getShort(at + 2));
    }
    return null;
  }

  private static boolean isFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  private static @Nullable ImageSize webp(ByteBuffer bytes) {
    byte[] kind = new byte[4];
    bytes.get(WEBP_KIND, kind);
    return switch (new String(kind, StandardCharsets.ISO_8859_1)) {
      case "VP8 " ->
          new ImageSize(
              bytes.getShort(WEBP_DATA + 6) & BITS_14, bytes.getShort(WEBP_DATA + 8) & BITS_14);
      case "VP8L" -> {
        int bits = bytes.getInt(WEBP_DATA + 1);
        yield new ImageSize((bits & BITS_14) + 1, ((bits >>> 14) & BITS_14) + 1);
      }
      case "VP8X" ->
          new ImageSize(
              (bytes.getInt(WEBP_DATA + 4) & BITS_24) + 1, (bytes.getInt(WEBP_DATA + 6) >>> 8) + 1);
      default -> null;
    };
  }
}
