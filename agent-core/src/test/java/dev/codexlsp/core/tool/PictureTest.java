package dev.codexlsp.core.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PictureTest {
  private static byte[] picture(String format, int width, int height) throws Exception {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < width; x++) {
      image.setRGB(x, 0, 0x336699);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, out)).isTrue();
    return out.toByteArray();
  }

  private static byte[] bytes(String url) {
    return Base64.getDecoder().decode(url.substring(url.indexOf(',') + 1));
  }

  @ParameterizedTest
  @CsvSource({"png, 3, 5, PNG", "jpg, 700, 20, JPEG", "gif, 1, 9, GIF"})
  void theSizeIsReadFromTheFirstBytes(String format, int width, int height, ImageKind kind)
      throws Exception {
    assertThat(ImageSize.of(kind, ByteBuffer.wrap(picture(format, width, height))))
        .isEqualTo(new ImageSize(width, height));
  }

  static Stream<Arguments> webp() {
    String riff = "52494646ffffffff57454250";
    return Stream.of(
        Arguments.of(riff + "56503820ffffffff3000009d012a20030402", new ImageSize(800, 516)),
        Arguments.of(riff + "5650384cffffffff2f1f030300", new ImageSize(800, 13)),
        Arguments.of(riff + "56503858ffffffff000000001f03000c0000", new ImageSize(800, 13)),
        Arguments.of(riff + "56503859ffffffff000000001f03000c0000", null),
        Arguments.of(riff + "5650", null));
  }

  @ParameterizedTest
  @MethodSource("webp")
  void webpHasThreeForms(String hex, @Nullable ImageSize size) {
    assertThat(ImageSize.of(ImageKind.WEBP, ByteBuffer.wrap(HexFormat.of().parseHex(hex))))
        .isEqualTo(size);
  }

  @Test
  void aSmallPictureStaysAsItIs() throws Exception {
    byte[] png = picture("png", 40, 30);
    assertThat(bytes(Picture.of(ByteBuffer.wrap(png)).url())).isEqualTo(png);
    String url = "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
    assertThat(Picture.of(url)).isEqualTo(new Picture(url));
  }

  @ParameterizedTest
  @CsvSource({
    "png, 5000, 30, 2048, 12, data:image/png",
    "jpg, 10, 2049, 10, 2048, data:image/jpeg",
    "gif, 4096, 4096, 2048, 2048, data:image/png",
    "png, 20000, 1, 2048, 1, data:image/png",
  })
  void aLargePictureIsMadeSmall(
      String format, int width, int height, int newWidth, int newHeight, String type)
      throws Exception {
    String url = Picture.of(ByteBuffer.wrap(picture(format, width, height))).url();
    BufferedImage small = ImageIO.read(new ByteArrayInputStream(bytes(url)));
    assertThat(url).startsWith(type + ";base64,");
    assertThat(new ImageSize(small.getWidth(), small.getHeight()))
        .isEqualTo(new ImageSize(newWidth, newHeight));
  }

  @Test
  void theColoursStay() throws Exception {
    byte[] png = picture("png", 5_000, 1);
    String url = Picture.of(ByteBuffer.wrap(png)).url();
    assertThat(ImageIO.read(new ByteArrayInputStream(bytes(url))).getRGB(1_000, 0) & 0xFFFFFF)
        .isEqualTo(0x336699);
  }

  static Stream<Arguments> unusable() throws Exception {
    byte[] png = picture("png", 5_000, 50);
    byte[] huge = picture("png", 10, 10);
    ByteBuffer.wrap(huge).putInt(16, 100_000).putInt(20, 100_000);
    byte[] empty = picture("png", 10, 10);
    ByteBuffer.wrap(empty).putInt(16, 0);
    return Stream.of(
        Arguments.of(new byte[0], "neither PNG nor JPEG, GIF or WebP"),
        Arguments.of("text".getBytes(StandardCharsets.UTF_8), "neither PNG nor JPEG, GIF or WebP"),
        Arguments.of(Arrays.copyOf(png, 12), "a broken picture"),
        Arguments.of(Arrays.copyOf(png, 60), "a broken picture"),
        Arguments.of(empty, "a broken picture"),
        Arguments.of(huge, "larger than 200000000 pixels"),
        Arguments.of(new byte[(int) Picture.LIMIT + 1], "larger than 16777216 bytes"));
  }

  @ParameterizedTest
  @MethodSource("unusable")
  void whatCannotBeShownSaysWhy(byte[] file, String message) {
    assertThatThrownBy(() -> Picture.of(ByteBuffer.wrap(file)))
        .isInstanceOf(PictureException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource({
    "'data:image/png;base64,!!!', 'neither PNG nor JPEG, GIF or WebP'",
    "'data:image/png;base64,A', not base64",
    "'data:text/plain,hello', not a base64 data URL",
    "'https://example.com/a.png', not a base64 data URL",
  })
  void aUrlThatHoldsNoneSaysWhy(String url, String message) {
    assertThatThrownBy(() -> Picture.of(url))
        .isInstanceOf(PictureException.class)
        .hasMessage(message);
  }
}
