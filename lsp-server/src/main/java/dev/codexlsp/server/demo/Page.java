package dev.codexlsp.server.demo;

import dev.codexlsp.server.client.VisibleText;
import java.io.PrintStream;

/// What the demo prints: a label in front, what it is about behind it. Text that streams stays in
/// its line until another label comes. Belongs to the demo's thread.
///
/// Much of what is shown comes from a model or a command, so whatever could steer a terminal or
/// hide text is made visible.
final class Page {
  private static final String LINE = "   %-10s %s";
  private static final String INDENT = " ".repeat("   ".length() + 11);

  private final PrintStream out;
  private String streaming = "";

  /// Line ends that came last; they are shown only when more text follows.
  private String heldBack = "";

  Page(PrintStream out) {
    this.out = out;
  }

  void headline(String text) {
    endStream();
    out.println();
    out.println(text);
    out.flush();
  }

  /// A line without a label, at the margin.
  void plain(String text) {
    out.println(text);
    out.flush();
  }

  /// A question, to be printed without the end of a line.
  String question(String text) {
    endStream();
    return LINE.formatted("", text);
  }

  void line(String label, String text) {
    endStream();
    out.println(LINE.formatted(label, laidOut(text.stripTrailing())));
    out.flush();
  }

  /// Appends to the line of the label, or begins one.
  void stream(String label, String text) {
    if (!streaming.equals(label)) {
      endStream();
      out.print(LINE.formatted(label, ""));
      streaming = label;
    }
    String all = heldBack + text;
    int end = all.length();
    while (end > 0 && all.charAt(end - 1) == '\n') {
      end--;
    }
    heldBack = all.substring(end);
    out.print(laidOut(all.substring(0, end)));
    out.flush();
  }

  void endStream() {
    if (!streaming.isEmpty()) {
      out.println();
      streaming = "";
      heldBack = "";
    }
  }

  private static String laidOut(String text) {
    return VisibleText.onTerminal(text).replace("\n", "\n" + INDENT);
  }
}
