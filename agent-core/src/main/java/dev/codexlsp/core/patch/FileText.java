package dev.codexlsp.core.patch;

import java.util.ArrayList;
import java.util.List;

/// A text as lines, each with the ending that it has in the file.
///
/// @param mark the byte order mark, or nothing
/// @param endings as many as lines; the last one is empty in a file without a final newline
record FileText(String mark, List<String> lines, List<String> endings) {
  private static final String BYTE_ORDER_MARK = "\ufeff";

  /// Takes a text apart.
  ///
  /// @param isMarkText whether a byte order mark is part of the first line
  static FileText of(String text, boolean isMarkText) {
    String mark = !isMarkText && hasMark(text) ? BYTE_ORDER_MARK : "";
    FileText file = new FileText(mark, new ArrayList<>(), new ArrayList<>());
    int start = mark.length();
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n' || c == '\r') {
        boolean isPair = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
        file.lines.add(text.substring(start, i));
        file.endings.add(c == '\n' ? "\n" : isPair ? "\r\n" : "\r");
        i += isPair ? 1 : 0;
        start = i + 1;
      }
    }
    if (start < text.length()) {
      file.lines.add(text.substring(start));
      file.endings.add("");
    }
    return file;
  }

  static boolean hasMark(String text) {
    return text.startsWith(BYTE_ORDER_MARK);
  }

  /// How a new line ends: as the first line of the file does. A lone carriage return counts only
  /// where nothing else ends lines; elsewhere it is a stray one.
  String newLine() {
    String lone = "\n";
    for (String ending : endings) {
      switch (ending) {
        case "\n", "\r\n" -> {
          return ending;
        }
        case "\r" -> lone = ending;
        default -> {
          // The last line has no ending and so no say.
        }
      }
    }
    return lone;
  }

  boolean lacksFinalNewline() {
    return !endings.isEmpty() && endings.getLast().isEmpty();
  }

  /// The text with pieces replaced.
  ///
  /// @param splices in the order of the file, not overlapping
  String with(List<Splice> splices) {
    TextWriter writer = new TextWriter(mark, newLine());
    int next = 0;
    for (Splice splice : splices) {
      keep(writer, next, splice.start());
      splice.added().forEach(writer::line);
      next = splice.start() + splice.removed();
    }
    keep(writer, next, lines.size());
    return lacksFinalNewline() ? writer.withoutFinalNewline() : writer.withFinalNewline();
  }

  private void keep(TextWriter writer, int from, int to) {
    for (int i = from; i < to; i++) {
      writer.line(lines.get(i), endings.get(i));
    }
  }
}
