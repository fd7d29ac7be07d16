package dev.codexlsp.core.toml;

import dev.codexlsp.core.toml.TomlOutline.Entry;
import dev.codexlsp.core.toml.TomlOutline.Section;
import dev.codexlsp.core.toml.TomlOutline.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes the outline of a text that the parser has accepted. It understands only what it takes to
/// find the ends of keys and values; a text that it cannot follow is refused.
final class TomlScanner {
  /// The parser has a limit of its own, which is lower.
  private static final int MAX_DEPTH = 500;

  private final String text;
  private final List<Section> sections = new ArrayList<>();
  private final List<Entry> entries = new ArrayList<>();
  private final Map<List<String>, Integer> arrays = new HashMap<>();
  private int at;
  private int depth;

  private TomlScanner(String text) {
    this.text = text;
  }

  static TomlOutline scan(String text) throws TomlSyntaxException {
    TomlScanner scanner = new TomlScanner(text);
    scanner.document();
    return new TomlOutline(List.copyOf(scanner.sections), List.copyOf(scanner.entries));
  }

  private void document() throws TomlSyntaxException {
    sections.add(new Section(List.of(), 0, 0));
    while (true) {
      int lineStart = at;
      skipBlanks();
      switch (peek()) {
        case -1 -> {
          return;
        }
        case '#', '\n', '\r' -> endLine();
        case '[' -> header(lineStart);
        default -> {
          List<String> base = sections.getLast().path();
          Entry entry = entry(base, new Span(lineStart, lineStart));
          endLine();
          add(withEnd(entry, at));
          Section section = sections.removeLast();
          sections.add(new Section(section.path(), section.start(), at));
        }
      }
    }
  }

  private void add(Entry entry) {
    entries.add(entry);
    if (entry.inline() != null) {
      entry.inline().forEach(this::add);
    }
  }

  private static Entry withEnd(Entry entry, int end) {
    return new Entry(
        entry.path(),
        entry.base(),
        entry.section(),
        new Span(entry.start(), end),
        entry.value(),
        entry.inline(),
        entry.isMember());
  }

  private void header(int lineStart) throws TomlSyntaxException {
    expect('[');
    boolean isArray = peek() == '[';
    if (isArray) {
      at++;
    }
    List<String> path = inside(key());
    expect(']');
    if (isArray) {
      expect(']');
      int index = arrays.merge(path, 1, Integer::sum);
      path = new ArrayList<>(path);
      path.add(element(index));
    }
    endLine();
    sections.add(new Section(List.copyOf(path), lineStart, at));
  }

  /// The path with the last element wherever it names an array of tables.
  private List<String> inside(List<String> keys) {
    List<String> path = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      path.add(keys.get(i));
      Integer index = arrays.get(path);
      if (index != null && i + 1 < keys.size()) {
        path.add(element(index));
      }
    }
    return path;
  }

  /// No key can hold this, since texts with a NUL are refused by the parser.
  private static String element(int index) {
    return "\0" + index;
  }

  private Entry entry(List<String> base, Span start) throws TomlSyntaxException {
    List<String> path = new ArrayList<>(base);
    path.addAll(key());
    expect('=');
    skipBlanks();
    int valueStart = at;
    List<Entry> inline = peek() == '{' ? inlineTable(path) : null;
    if (inline == null) {
      skipValue();
    }
    return new Entry(
        List.copyOf(path),
        base.size(),
        sections.size() - 1,
        new Span(start.start(), at),
        new Span(valueStart, at),
        inline,
        false);
  }

  private List<Entry> inlineTable(List<String> path) throws TomlSyntaxException {
    enter();
    expect('{');
    List<Entry> members = new ArrayList<>();
    while (true) {
      skipBlanksAndLines();
      if (peek() == '}') {
        at++;
        depth--;
        return members;
      }
      Entry entry = entry(path, new Span(at, at));
      members.add(
          new Entry(
              entry.path(),
              entry.base(),
              entry.section(),
              entry.line(),
              entry.value(),
              entry.inline(),
              true));
      skipBlanksAndLines();
      if (peek() == ',') {
        at++;
      } else if (peek() != '}') {
        throw lost("in an inline table");
      }
    }
  }

  private void skipValue() throws TomlSyntaxException {
    switch (peek()) {
      case '"', '\'' -> string();
      case '[' -> skipArray();
      case '{' -> inlineTable(List.of());
      default -> skipBare();
    }
  }

  private void skipArray() throws TomlSyntaxException {
    enter();
    expect('[');
    while (true) {
      skipBlanksAndLines();
      switch (peek()) {
        case ']' -> {
          at++;
          depth--;
          return;
        }
        case ',' -> at++;
        case -1 -> throw lost("in an array");
        default -> skipValue();
      }
    }
  }

  private void enter() throws TomlSyntaxException {
    if (++depth > MAX_DEPTH) {
      throw lost("too deep");
    }
  }

  /// A number, a date, a word. A date may have a blank before its time.
  private void skipBare() throws TomlSyntaxException {
    int start = at;
    while (isBare(peek())) {
      at++;
      boolean isTimeNext =
          peek() == ' '
              && at - start == "2026-01-01".length()
              && at + 1 < text.length()
              && Character.isDigit(text.charAt(at + 1));
      if (isTimeNext) {
        at++;
      }
    }
    if (at == start) {
      throw lost("before a value");
    }
  }

  private static boolean isBare(int c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '+' || c == '.' || c == ':';
  }

  private List<String> key() throws TomlSyntaxException {
    List<String> keys = new ArrayList<>();
    while (true) {
      skipBlanks();
      keys.add(simpleKey());
      skipBlanks();
      if (peek() != '.') {
        return keys;
      }
      at++;
    }
  }

  private String simpleKey() throws TomlSyntaxException {
    int start = at;
    if (peek() == '"' || peek() == '\'') {
      char quote = text.charAt(at);
      string();
      String inside = text.substring(start + 1, at - 1);
      return quote == '\'' ? inside : TomlEscapes.read(inside);
    }
    while (peek() != -1 && isBare(peek()) && peek() != '.') {
      at++;
    }
    if (at == start) {
      throw lost("before a key");
    }
    return text.substring(start, at);
  }

  /// Skips a string of any of the four kinds.
  private void string() throws TomlSyntaxException {
    char quote = text.charAt(at);
    String three = String.valueOf(quote).repeat(3);
    boolean isLong = text.startsWith(three, at);
    String end = isLong ? three : String.valueOf(quote);
    at += end.length();
    while (!text.startsWith(end, at)) {
      if (at >= text.length()) {
        throw lost("in a string");
      }
      at += quote == '"' && text.charAt(at) == '\\' ? 2 : 1;
    }
    at += end.length();
    // Up to two of the marks may stand before the three that end it.
    for (int i = 0; isLong && i < 2 && peek() == quote; i++) {
      at++;
    }
  }

  private void skipBlanks() {
    while (peek() == ' ' || peek() == '\t') {
      at++;
    }
  }

  private void skipBlanksAndLines() {
    while (true) {
      skipBlanks();
      switch (peek()) {
        case '#' -> skipComment();
        case '\n', '\r' -> at++;
        default -> {
          return;
        }
      }
    }
  }

  private void skipComment() {
    while (peek() != '\n' && peek() != -1) {
      at++;
    }
  }

  /// Skips the rest of the line, which may hold a comment.
  private void endLine() throws TomlSyntaxException {
    skipBlanks();
    if (peek() == '#') {
      skipComment();
    }
    if (peek() == '\r') {
      at++;
    }
    if (peek() == '\n') {
      at++;
    } else if (peek() != -1) {
      throw lost("after a value");
    }
  }

  private void expect(char c) throws TomlSyntaxException {
    skipBlanks();
    if (peek() != c) {
      throw lost("expected " + c);
    }
    at++;
  }

  private int peek() {
    return at < text.length() ? text.charAt(at) : -1;
  }

  private TomlSyntaxException lost(String where) {
    @Nullable String before = text.substring(0, Math.min(at, text.length()));
    int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
    return new TomlSyntaxException(line, at - before.lastIndexOf('\n'), "not understood: " + where);
  }
}
