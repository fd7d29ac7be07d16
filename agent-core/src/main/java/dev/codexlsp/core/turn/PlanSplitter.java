package dev.codexlsp.core.turn;

import java.util.ArrayList;
import java.util.List;

/// Tells the plan in a message from the words around it, while the message arrives in pieces. A tag
/// and the line break after it belong to neither; what may be the beginning of a tag is held back
/// until it is clear. Confined to the turn's thread.
final class PlanSplitter {
  private static final String OPEN = "<proposed_plan>";
  private static final String CLOSE = "</proposed_plan>";

  private String held = "";
  private boolean isPlan;
  private boolean isAfterTag;

  /// @param isPlan whether the text belongs to the plan
  record Piece(boolean isPlan, String text) {}

  /// What is clear after one more piece of the message.
  List<Piece> feed(String delta) {
    List<Piece> pieces = new ArrayList<>();
    String text = held + delta;
    while (true) {
      if (isAfterTag && !text.isEmpty()) {
        text = text.startsWith("\n") ? text.substring(1) : text;
        isAfterTag = false;
      }
      String tag = isPlan ? CLOSE : OPEN;
      int at = text.indexOf(tag);
      if (at < 0) {
        int clear = text.length() - beginning(text, tag);
        add(pieces, text.substring(0, clear));
        held = text.substring(clear);
        return pieces;
      }
      add(pieces, text.substring(0, at));
      text = text.substring(at + tag.length());
      isPlan = !isPlan;
      isAfterTag = true;
    }
  }

  /// What was held back when the message ended.
  List<Piece> end() {
    List<Piece> pieces = new ArrayList<>();
    add(pieces, held);
    held = "";
    return pieces;
  }

  /// All of a message.
  static List<Piece> split(String message) {
    PlanSplitter splitter = new PlanSplitter();
    List<Piece> pieces = new ArrayList<>(splitter.feed(message));
    pieces.addAll(splitter.end());
    return pieces;
  }

  private void add(List<Piece> pieces, String text) {
    if (!text.isEmpty()) {
      pieces.add(new Piece(isPlan, text));
    }
  }

  /// How many characters at the end of the text may be the beginning of the tag.
  private static int beginning(String text, String tag) {
    for (int length = Math.min(tag.length() - 1, text.length()); length > 0; length--) {
      if (text.endsWith(tag.substring(0, length))) {
        return length;
      }
    }
    return 0;
  }
}
