package dev.codexlsp.core.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutputTextTest {

  private static RetainedOutput output(String... chunks) {
    RetainedOutput output = new RetainedOutput();
    for (String chunk : chunks) {
      output.append(ByteBuffer.wrap(chunk.getBytes(StandardCharsets.UTF_8)));
    }
    return output;
  }

  private static String render(RetainedOutput output, int budget) {
    return new OutputText("1e2371", Duration.ofMillis(1500), null, 3, null, output, budget)
        .render();
  }

  private static String bodyOf(String text) {
    return text.substring(text.indexOf("Output:\n") + "Output:\n".length());
  }

  @Test
  void aShortOutputIsGivenWhole() {
    assertThat(render(output("hi\n", "err\n"), 10_000))
        .isEqualTo(
            """
            Chunk ID: 1e2371
            Wall time: 1.5000 seconds
            Process exited with code 3
            Original token count: 2
            Output:
            hi
            err
            """);
  }

  /// As at the original: a fifth more than the limit, words around the output included.
  @ParameterizedTest
  @CsvSource({"100, 480, 264", "1000, 4800, 4000", "20000, 48000, 40000", "1, 250, 0"})
  void aLimitHoldsForTheWholeText(int limit, int most, int body) {
    OutputText text =
        new OutputText(
            "1e2371", Duration.ofMillis(1500), null, 3, null, output("x".repeat(95_000)), 10_000);
    String within = text.within(limit);
    assertThat(within.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(most);
    assertThat(within.chars().filter(c -> c == 'x').count()).isBetween(body - 20L, body + 2L);
    assertThat(text.within(null)).isEqualTo(text.render());
  }

  @Test
  void aRemarkSaysHowItEnded() {
    String text =
        new OutputText("000000", Duration.ZERO, null, null, "It was killed", output(), 10).render();
    assertThat(text)
        .isEqualTo(
            """
            Chunk ID: 000000
            Wall time: 0.0000 seconds
            It was killed
            Original token count: 0
            Output:
            """);
  }

  @Test
  void beyondTheBudgetTheMiddleIsCut() {
    String line = "0123456789\n";
    RetainedOutput output = output(line.repeat(1000));
    assertThat(bodyOf(render(output, 50)))
        .isEqualTo(
            "Warning: truncated output (original token count: 2750)\nTotal output lines: 1000\n\n"
                + line.repeat(10).substring(0, 100)
                + "…2700 tokens truncated…"
                + line.repeat(10).substring(10));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 49, 50, 51})
  void aCutNeverSplitsACharacter(int budget) {
    String body = bodyOf(render(output("é€😀x".repeat(400)), budget));
    assertThat(body).doesNotContain("\uFFFD").contains("tokens truncated");
  }

  @Test
  void theRetainedOutputKeepsBothEndsAndCountsTheRest() {
    String head = "a".repeat(RetainedOutput.PART_LIMIT);
    String tail = "z".repeat(RetainedOutput.PART_LIMIT);
    RetainedOutput output = output(head, "m".repeat(700_000), tail);
    assertThat(output.text()).isEqualTo(head + "\n[… 700000 bytes not kept …]\n" + tail);
    assertThat(output.totalBytes()).isEqualTo(2L * RetainedOutput.PART_LIMIT + 700_000);
  }

  @Test
  void theRingIsReadInOrderWhereverItBegins() {
    RetainedOutput output = output("h".repeat(RetainedOutput.PART_LIMIT));
    StringBuilder everything = new StringBuilder();
    for (int i = 0; i < 200_000; i++) {
      String number = String.format("%06d,", i);
      everything.append(number);
      output.append(ByteBuffer.wrap(number.getBytes(StandardCharsets.UTF_8)));
    }
    String last = everything.substring(everything.length() - RetainedOutput.PART_LIMIT);
    assertThat(new String(output.tailBytes(), StandardCharsets.UTF_8)).isEqualTo(last);
  }

  @Test
  void nothingWrittenIsNoText() {
    assertThat(output().text()).isNull();
  }
}
