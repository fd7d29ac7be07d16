package dev.codexlsp.core.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Output at the edges of what is kept and of what the model gets: no byte too many, no character
/// cut in two.
class OutputBoundariesTest {
  private static final int PART = RetainedOutput.PART_LIMIT;

  private static RetainedOutput output(byte[] bytes, int chunk) {
    RetainedOutput output = new RetainedOutput();
    for (int i = 0; i < bytes.length; i += chunk) {
      output.append(ByteBuffer.wrap(bytes, i, Math.min(chunk, bytes.length - i)));
    }
    return output;
  }

  private static RetainedOutput output(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return output(bytes, bytes.length);
  }

  private static byte[] counting(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) ('!' + i % 90);
    }
    return bytes;
  }

  private static String body(RetainedOutput output, int budget) {
    String text = new OutputText("000000", Duration.ZERO, null, 0, null, output, budget).render();
    return text.substring(text.indexOf("Output:\n") + "Output:\n".length());
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 8192",
    "0, 8192",
    "1, 8192",
    "-1, 7",
    "1, 1000003",
    "524287, 4096",
    "524288, 65536"
  })
  void upToTheLimitEverythingIsKept(int beyondHead, int chunk) {
    byte[] bytes = counting(PART + beyondHead);
    RetainedOutput output = output(bytes, chunk);
    assertThat(output.isWhole()).isTrue();
    assertThat(output.bytes()).isEqualTo(bytes);
    assertThat(output.text()).isEqualTo(new String(bytes, StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4096, 65_537, 4_000_000})
  void oneByteBeyondTheLimitIsLetGoFromTheMiddle(int chunk) {
    byte[] bytes = counting(2 * PART + 1);
    RetainedOutput output = output(bytes, chunk);
    assertThat(output.isWhole()).isFalse();
    assertThat(output.totalBytes()).isEqualTo(bytes.length);
    assertThat(output.headBytes()).isEqualTo(Arrays.copyOf(bytes, PART));
    assertThat(output.tailBytes()).isEqualTo(Arrays.copyOfRange(bytes, PART + 1, bytes.length));
  }

  @Test
  void nothingAndNoBytesAreTheSame() {
    RetainedOutput output = output(new byte[0], 1);
    output.append(ByteBuffer.allocate(0));
    assertThat(output.text()).isNull();
    assertThat(body(output, 10)).isEmpty();
  }

  @Test
  void aCharacterAcrossTheMiddleOfAllThatIsKeptStaysWhole() {
    String text = "a".repeat(PART - 1) + "😀" + "z".repeat(100);
    assertThat(output(text).text()).isEqualTo(text);
  }

  /// The head would end, and the tail begin, within a character of that many bytes.
  @ParameterizedTest
  @ValueSource(strings = {"é", "€", "😀"})
  void theKeptPartsOfAnItemEndBetweenCharacters(String character) {
    int size = character.getBytes(StandardCharsets.UTF_8).length;
    for (int cut = 1; cut < size; cut++) {
      String head = "a".repeat(PART - cut);
      String tail = "z".repeat(PART - cut);
      String text = head + character + "m".repeat(1000) + character + tail;
      long lost = 2L * size + 1000;
      assertThat(output(text).text())
          .isEqualTo(head + "\n[… " + lost + " bytes not kept …]\n" + tail);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"é", "€", "😀"})
  void theModelsTextOfALongOutputIsCutBetweenCharacters(String character) {
    int size = character.getBytes(StandardCharsets.UTF_8).length;
    for (int cut = 1; cut < size; cut++) {
      String head = "a".repeat(PART - cut);
      String tail = "z".repeat(PART - cut);
      String hanging = head + character + "m".repeat(4000) + character + tail;
      assertThat(body(output(hanging), Integer.MAX_VALUE))
          .contains("\n\n" + head + "…")
          .endsWith(" tokens truncated…" + tail);
      String wholeTail = "z".repeat(PART);
      assertThat(body(output(head + character + "m".repeat(4000) + wholeTail), Integer.MAX_VALUE))
          .contains("\n\n" + head + "…")
          .endsWith(" tokens truncated…" + wholeTail);
    }
  }

  @Test
  void anEndThatLooksLikeTheMiddleOfACharacterTakesNothingFromTheHead() {
    String head = "é".repeat(PART / 2);
    String text = head + "m".repeat(4000) + "é".repeat(PART / 2);
    assertThat(body(output(text), Integer.MAX_VALUE))
        .contains("\n\n" + head + "…")
        .endsWith("…" + "é".repeat(PART / 2));
  }

  /// Bytes that are no text at all must not all be taken for the rest of a character.
  @Test
  void outputThatIsNoTextIsCutLikeAnyOther() {
    byte[] bytes = new byte[4000];
    Arrays.fill(bytes, (byte) 0x80);
    String body = body(output(bytes, 4000), 10);
    assertThat(body).contains("tokens truncated");
    assertThat(body.chars().filter(c -> c == '\uFFFD').count()).isBetween(34L, 40L);
  }

  @ParameterizedTest
  @CsvSource({"40, 10, false", "41, 10, true", "4, 1, false", "5, 1, true"})
  void theBudgetIsCountedInFourByteTokens(int bytes, int budget, boolean isCut) {
    String text = "x".repeat(bytes);
    assertThat(body(output(text), budget).equals(text)).isNotEqualTo(isCut);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 10_000, 200_000, 262_144, 1_000_000, Integer.MAX_VALUE})
  void theModelsTextHasABoundWhateverTheModelAsksFor(int budget) {
    byte[] bytes = counting(3 * PART);
    long bound = Math.min(4L * budget, 2L * PART) + 200;
    assertThat((long) body(output(bytes, 65_536), budget).length()).isLessThanOrEqualTo(bound);
  }
}
