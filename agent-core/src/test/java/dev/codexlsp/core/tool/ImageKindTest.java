package dev.codexlsp.core.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageKindTest {

  @ParameterizedTest
  @CsvSource({
    "89504e470d0a1a0a, PNG",
    "89504e470d0a1a0a00, PNG",
    "89504e470d0a1a, ",
    "89504e470a1a0a00, ",
    "ffd8ff, JPEG",
    "ffd8ffe000, JPEG",
    "ffd8, ",
    "474946383761, GIF",
    "474946383961, GIF",
    "474946383861, ",
    "524946460000000057454250, WEBP",
    "524946460000000057415645, ",
    "5249464600000000574542, ",
    "3c73766720, ",
    "'', "
  })
  void isKnownByItsFirstBytes(String hex, @Nullable ImageKind expected) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    assertThat(ImageKind.of(ByteBuffer.wrap(bytes))).isEqualTo(expected);
    byte[] shifted = new byte[bytes.length + 3];
    System.arraycopy(bytes, 0, shifted, 3, bytes.length);
    assertThat(ImageKind.of(ByteBuffer.wrap(shifted).position(3))).isEqualTo(expected);
  }
}
