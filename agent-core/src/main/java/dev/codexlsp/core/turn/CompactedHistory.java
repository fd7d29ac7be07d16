package dev.codexlsp.core.turn;

import dev.codexlsp.core.model.ResponseItem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// The history that takes the place of a longer one. What the user has said stays, the latest words
/// before all others; what the model has said, thought and done goes, and a summary comes. Pure.
final class CompactedHistory {
  /// So much of the user's words stays.
  static final int USER_TOKENS = 20_000;

  private CompactedHistory() {}

  /// The words of earlier turns, the context, the user's last words, the summary: in this order the
  /// model reads last what it has to do now.
  ///
  /// @param context where the model works and what it may do, all of it
  static List<ResponseItem> of(
      List<ResponseItem> history, List<ResponseItem> context, ResponseItem summary) {
    List<ResponseItem> words = latestWords(history);
    int last = Math.max(0, words.size() - 1);
    List<ResponseItem> shorter = new ArrayList<>(words.subList(0, last));
    shorter.addAll(context);
    shorter.addAll(words.subList(last, words.size()));
    shorter.add(summary);
    return shorter;
  }

  static ResponseItem summaryMessage(String summary) {
    return ResponseItem.message("user", UserMessages.SUMMARY_PREAMBLE + "\n\n" + summary);
  }

  /// As much as there is room for; the oldest message may be there in part only.
  private static List<ResponseItem> latestWords(List<ResponseItem> history) {
    Deque<ResponseItem> words = new ArrayDeque<>();
    long room = USER_TOKENS;
    for (ResponseItem message : history.reversed()) {
      if (room > 0 && UserMessages.isUsers(message)) {
        long tokens = UserMessages.tokens(message);
        words.addFirst(tokens <= room ? message : UserMessages.cut(message, room));
        room -= tokens;
      }
    }
    return List.copyOf(words);
  }
}
