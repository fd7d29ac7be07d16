package dev.codexlsp.core.tool;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/// Makes a picture smaller. Decoding already leaves out what would not be seen, so that the memory
/// it takes is bounded by the size it is to have; the rest is averaged, which needs no display and
/// none of the drawing code of the platform. Any thread may call it.
final class ImageShrinker {
  private ImageShrinker() {}

  /// The picture as PNG, or as JPEG if it was one; null when there is nobody to decode it.
  ///
  /// @param limit of its longer side
  static byte @Nullable [] shrink(ImageKind kind, ByteBuffer file, ImageSize size, int limit)
      throws IOException {
    int step = Math.max(1, Math.max(size.width(), size.height()) / (2 * limit));
    byte[] bytes = new byte[file.remaining()];
    file.duplicate().get(bytes);
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        return null;
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        ImageReadParam sparse = reader.getDefaultReadParam();
        sparse.setSourceSubsampling(step, step, 0, 0);
        BufferedImage image = averaged(reader.read(0, sparse), limit, kind == ImageKind.JPEG);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        return ImageIO.write(image, kind == ImageKind.JPEG ? "jpg" : "png", out)
            ? out.toByteArray()
            : null;
      } finally {
        reader.dispose();
      }
    }
  }

  private static BufferedImage averaged(BufferedImage large, int limit, boolean isOpaque) {
    double scale = Math.min(1.0, (double) limit / Math.max(large.getWidth(), large.getHeight()));
    int width = Math.max(1, (int) Math.round(large.getWidth() * scale));
    int height = Math.max(1, (int) Math.round(large.getHeight() * scale));
    BufferedImage small =
        new BufferedImage(
            width, height, isOpaque ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < height; y++) {
      int top = (int) ((long) y * large.getHeight() / height);
      int bottom = Math.max(top + 1, (int) ((y + 1L) * large.getHeight() / height));
      int[] rows = large.getRGB(0, top, large.getWidth(), bottom - top, null, 0, large.getWidth());
      for (int x = 0; x < width; x++) {
        int left = (int) ((long) x * large.getWidth() / width);
        int right = Math.max(left + 1, (int) ((x + 1L) * large.getWidth() / width));
        small.setRGB(x, y, average(rows, large.getWidth(), left, right));
      }
    }
    return small;
  }

  /// The mean colour of some columns of some rows.
  private static int average(int[] rows, int width, int left, int right) {
    long[] sums = new long[Integer.BYTES];
    int count = 0;
    for (int start = 0; start < rows.length; start += width) {
      for (int x = left; x < right; x++) {
        int colour = rows[start + x];
        for (int channel = 0; channel < sums.length; channel++) {
          sums[channel] += (colour >>> (channel * Byte.SIZE)) & 0xFF;
        }
        count++;
      }
    }
    int mean = 0;
    for (int channel = 0; channel < sums.length; channel++) {
      mean |= (int) (sums[channel] / count) << (channel * Byte.SIZE);
    }
    return mean;
  }
}
