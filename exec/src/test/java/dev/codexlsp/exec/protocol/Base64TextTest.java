package dev.codexlsp.exec.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Base64TextTest {

  @Test
  void roundTrip() {
    Random random = new Random(1);
    for (int length = 0; length < 1_000; length++) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      assertThat(Base64Text.decode(Base64Text.encode(ByteBuffer.wrap(bytes))))
          .isEqualTo(ByteBuffer.wrap(bytes));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "a, invalid base64: wrong length or padding",
    "YQ, invalid base64: wrong length or padding",
    "YQ=, invalid base64: wrong length or padding",
    "YR==, invalid base64: bad last symbol",
    "YWF=, invalid base64: bad last symbol",
    "Y===, invalid base64: bad last symbol",
    "====, invalid base64: bad last symbol",
    "YQ-_, invalid base64: Illegal base64 character 2d",
    "YQéé, invalid base64: Illegal base64 character -17",
    "YQ€€, invalid base64: Illegal base64 character 3f",
  })
  void isStrict(String text, String problem) {
    assertThatThrownBy(() -> Base64Text.decode(text)).hasMessage(problem);
  }
}
