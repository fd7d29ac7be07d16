package dev.codexlsp.core.tool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// A picture as a model gets it: of a kind that models take, and no larger than they look at. It
/// goes to the model with every request from then on, so it is made small once, before it enters
/// the history.
///
/// @param url a `data:` one
public record Picture(String url) {
  /// Of the file, in bytes.
  public static final long LIMIT = 16L * 1024 * 1024;

  /// Of the longer side, in pixels. Models see no more of a larger one.
  static final int SIDE = 2_048;

  /// What is larger is not even decoded.
  private static final long MAX_PIXELS = 200_000_000;

  private static final String BASE64 = ";base64,";

  /// The picture that a file holds.
  ///
  /// @throws PictureException when it is too large, or no picture
  public static Picture of(ByteBuffer file) throws PictureException {
    if (file.remaining() > LIMIT) {
      throw new PictureException("larger than " + LIMIT + " bytes");
    }
    ImageKind kind = ImageKind.of(file);
    if (kind == null) {
      throw new PictureException("neither PNG nor JPEG, GIF or WebP");
    }
    ImageSize size = ImageSize.of(kind, file);
    if (size == null) {
      throw new PictureException("a broken picture");
    }
    if (Math.max(size.width(), size.height()) <= SIDE) {
      return new Picture(url(kind, file));
    }
    return shrunk(kind, file, size);
  }

  private static Picture shrunk(ImageKind kind, ByteBuffer file, ImageSize size)
      throws PictureException {
    if (size.pixels() > MAX_PIXELS) {
      throw new PictureException("larger than " + MAX_PIXELS + " pixels");
    }
    try {
      byte[] smaller = ImageShrinker.shrink(kind, file, size, SIDE);
      if (smaller != null) {
        return new Picture(
            url(kind == ImageKind.JPEG ? kind : ImageKind.PNG, ByteBuffer.wrap(smaller)));
      }
    } catch (IOException | RuntimeException broken) {
      // Decoders throw whatever they like at bytes that somebody else has chosen.
      throw new PictureException("a broken picture");
    } catch (LinkageError headless) {
      // A Java without the libraries for pictures: the model's own server makes it smaller.
    }
    return new Picture(url(kind, file));
  }

  /// The picture of a `data:` URL.
  public static Picture of(String dataUrl) throws PictureException {
    int start = dataUrl.indexOf(BASE64);
    if (!dataUrl.startsWith("data:") || start < 0) {
      throw new PictureException("not a base64 data URL");
    }
    try {
      return of(
          ByteBuffer.wrap(
              Base64.getMimeDecoder().decode(dataUrl.substring(start + BASE64.length()))));
    } catch (IllegalArgumentException malformed) {
      throw new PictureException("not base64");
    }
  }

  private static String url(ImageKind kind, ByteBuffer bytes) {
    ByteBuffer text = Base64.getEncoder().encode(bytes.duplicate());
    return "data:" + kind.mediaType() + BASE64 + StandardCharsets.US_ASCII.decode(text);
  }
}
