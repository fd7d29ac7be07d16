package dev.codexlsp.core.turn;

import static dev.codexlsp.core.model.Histories.CONTEXT;
import static dev.codexlsp.core.model.Histories.call;
import static dev.codexlsp.core.model.Histories.item;
import static dev.codexlsp.core.model.Histories.output;
import static dev.codexlsp.core.model.Histories.said;
import static dev.codexlsp.core.model.Histories.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.core.model.CallBalanceTest;
import dev.codexlsp.core.model.Histories;
import dev.codexlsp.core.model.ResponseItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CompactedHistoryTest {
  private static final ResponseItem SUMMARY = CompactedHistory.summaryMessage("It was like this.");

  /// The overhead of a cut: the words in its middle.
  private static final long CUT_TOKENS = 20;

  private static List<ResponseItem> compacted(ResponseItem... history) {
    return CompactedHistory.of(List.of(history), CONTEXT, SUMMARY);
  }

  private static List<ResponseItem> history(ResponseItem... said) {
    List<ResponseItem> history = new ArrayList<>(CONTEXT);
    history.addAll(List.of(said));
    return history;
  }

  @Test
  void theContextStandsBeforeTheUsersLastWordsAndTheSummaryBehindThem() {
    List<ResponseItem> history =
        history(
            user("first"),
            said("one"),
            user("second"),
            call("c"),
            output("c"),
            user("third"),
            said("three"));
    assertThat(CompactedHistory.of(history, CONTEXT, SUMMARY))
        .containsExactly(
            user("first"), user("second"), CONTEXT.get(0), CONTEXT.get(1), user("third"), SUMMARY);
  }

  @Test
  void whatWeSayInTheNameOfTheUserGoes() {
    assertThat(
            compacted(
                SUMMARY,
                user("<turn_aborted>\nEnded.\n</turn_aborted>"),
                user("<skill>\n<name>x</name>\n</skill>"),
                user("# AGENTS.md instructions for /w\n<INSTRUCTIONS>\nx\n</INSTRUCTIONS>"),
                user("<turn_aborted> is what I read. Why?")))
        .containsExactly(
            CONTEXT.get(0), CONTEXT.get(1), user("<turn_aborted> is what I read. Why?"), SUMMARY);
  }

  @Test
  void nothingButTheContextWhenNobodyHasSpoken() {
    assertThat(compacted()).containsExactly(CONTEXT.get(0), CONTEXT.get(1), SUMMARY);
  }

  /// Measured at the original: three messages of 7,502 tokens leave 4,996 of the oldest.
  @Test
  void theOldestWordsGoFirstAndOneMessageIsCut() {
    ResponseItem a = user("a".repeat(30_005));
    ResponseItem b = user("b".repeat(30_005));
    ResponseItem c = user("c".repeat(30_005));
    String half = "b".repeat(9_992);
    assertThat(compacted(a, b, c, user("d".repeat(30_005))))
        .containsExactly(
            user(half + "…2506 tokens truncated…" + half),
            c,
            CONTEXT.get(0),
            CONTEXT.get(1),
            user("d".repeat(30_005)),
            SUMMARY);
  }

  @Test
  void lastWordsWithoutEndKeepTheirBeginningAndTheirEnd() {
    List<ResponseItem> shorter = compacted(user("begin" + "x".repeat(200_000) + "end"));
    assertThat(UserMessages.text(shorter.get(2))).startsWith("begin").endsWith("end");
    assertThat(UserMessages.tokens(shorter.get(2)))
        .isBetween(20_000L, CompactedHistory.USER_TOKENS + CUT_TOKENS);
  }

  @Test
  void aPictureStaysWithItsMessageAndCostsWhatItShows() {
    ResponseItem picture =
        item(
            "{\"type\":\"message\",\"role\":\"user\",\"content\":["
                + "{\"type\":\"input_text\",\"text\":\"look\"},"
                + "{\"type\":\"input_image\",\"image_url\":\"data:image/png;base64,"
                + "A".repeat(400_000)
                + "\"}]}");
    assertThat(compacted(picture)).contains(picture);
    assertThat(TokenEstimate.of(picture)).isBetween(1_844L, 1_900L);
  }

  @Test
  void ofAnyHistory() {
    for (int seed = 0; seed < 500; seed++) {
      List<ResponseItem> history = Histories.random(new Random(seed));
      List<ResponseItem> shorter = CompactedHistory.of(history, CONTEXT, SUMMARY);

      CallBalanceTest.assertBalanced(shorter, seed);
      assertThat(shorter).as("seed %s", seed).containsAll(CONTEXT).endsWith(SUMMARY);
      List<ResponseItem> words = shorter.stream().filter(UserMessages::isUsers).toList();
      long tokens = words.stream().mapToLong(UserMessages::tokens).sum();
      assertThat(tokens)
          .as("seed %s", seed)
          .isLessThanOrEqualTo(CompactedHistory.USER_TOKENS + CUT_TOKENS);
      assertLastWordsAreThere(history, words, seed);
    }
  }

  private static void assertLastWordsAreThere(
      List<ResponseItem> history, List<ResponseItem> kept, int seed) {
    List<ResponseItem> all = history.stream().filter(UserMessages::isUsers).toList();
    assertThat(kept.isEmpty()).as("seed %s", seed).isEqualTo(all.isEmpty());
    if (!all.isEmpty()) {
      String last = UserMessages.text(all.getLast());
      String start = last.substring(0, Math.min(last.length(), 8));
      assertThat(UserMessages.text(kept.getLast())).as("seed %s", seed).startsWith(start);
      assertThat(UserMessages.text(kept.getLast())).as("seed %s", seed).doesNotContain("\uFFFD");
    }
  }
}
