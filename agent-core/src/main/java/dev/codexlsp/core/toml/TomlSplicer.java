package dev.codexlsp.core.toml;

import dev.codexlsp.core.toml.TomlOutline.Entry;
import dev.codexlsp.core.toml.TomlOutline.Section;
import dev.codexlsp.core.toml.TomlOutline.Span;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Holds a text and splices single values into it. Whoever calls knows that what lies above a path
/// are tables.
final class TomlSplicer {
  private final String lineEnd;
  private String text;

  TomlSplicer(String text) {
    this.text = text;
    this.lineEnd = text.contains("\r\n") ? "\r\n" : "\n";
  }

  String text() {
    return text;
  }

  /// Puts a value, which is no table or an empty one, in the place of whatever is at the path.
  void set(List<String> path, Object value) throws TomlSyntaxException {
    Entry entry = TomlScanner.scan(text).entry(path);
    if (entry == null) {
      remove(path);
      insert(TomlScanner.scan(text), path, TomlWriter.value(value));
    } else {
      splice(entry.value(), TomlWriter.value(value));
    }
  }

  /// Takes away everything at and below the path.
  void remove(List<String> path) throws TomlSyntaxException {
    for (Span found = next(path); found != null; found = next(path)) {
      splice(found, "");
    }
  }

  private @Nullable Span next(List<String> path) throws TomlSyntaxException {
    TomlOutline outline = TomlScanner.scan(text);
    for (Section section : outline.sections()) {
      if (TomlOutline.startsWith(section.path(), path)) {
        return new Span(withoutBlankLine(section.start()), section.end());
      }
    }
    for (Entry entry : outline.entries()) {
      if (TomlOutline.startsWith(entry.path(), path)) {
        return entry.isMember() ? member(outline, entry) : entry.line();
      }
    }
    return null;
  }

  /// A member of an inline table with the comma before it or, for the first one, after it.
  private static Span member(TomlOutline outline, Entry entry) {
    List<Entry> all = siblings(outline, entry);
    int index = all.indexOf(entry);
    if (index > 0) {
      return new Span(all.get(index - 1).value().end(), entry.value().end());
    }
    return new Span(entry.start(), all.size() > 1 ? all.get(1).start() : entry.value().end());
  }

  private static List<Entry> siblings(TomlOutline outline, Entry member) {
    for (Entry entry : outline.entries()) {
      List<Entry> inline = entry.inline();
      if (inline != null && inline.contains(member)) {
        return inline;
      }
    }
    return List.of(member);
  }

  /// A blank line before a table goes with it.
  private int withoutBlankLine(int start) {
    String blank = lineEnd + lineEnd;
    return text.startsWith(blank, start - blank.length()) ? start - lineEnd.length() : start;
  }

  private void insert(TomlOutline outline, List<String> path, String value) {
    List<String> parent = path.subList(0, path.size() - 1);
    for (int length = parent.size(); length > 0; length--) {
      Entry entry = outline.entry(path.subList(0, length));
      if (entry != null && entry.inline() != null) {
        insertMember(entry, KeyPath.render(path.subList(length, path.size())) + " = " + value);
        return;
      }
    }
    Section home = home(outline, parent);
    Entry relative = relative(outline, parent, home.path().size());
    if (relative != null) {
      Section section = outline.sections().get(relative.section());
      insertLine(relative.end(), line(section, path, value), indent(relative));
    } else if (home.path().equals(parent)) {
      insertAtEnd(outline, home, line(home, path, value));
    } else {
      insertSection(outline, parent, KeyPath.render(path.getLast()) + " = " + value);
    }
  }

  private static String line(Section section, List<String> path, String value) {
    return KeyPath.render(path.subList(section.path().size(), path.size())) + " = " + value;
  }

  /// The deepest table with a header that the path lies in.
  private static Section home(TomlOutline outline, List<String> parent) {
    Section home = outline.sections().getFirst();
    for (Section section : outline.sections()) {
      if (TomlOutline.startsWith(parent, section.path())
          && section.path().size() > home.path().size()) {
        home = section;
      }
    }
    return home;
  }

  /// The last entry whose dotted key makes a table that the path lies in: such a table has no other
  /// place. Null for none.
  private static @Nullable Entry relative(TomlOutline outline, List<String> parent, int atLeast) {
    Entry best = null;
    int longest = atLeast;
    for (Entry entry : outline.entries()) {
      int common = common(entry, parent);
      if (!entry.isMember() && common > entry.base() && common >= longest && common > atLeast) {
        best = entry;
        longest = common;
      }
    }
    return best;
  }

  private static int common(Entry entry, List<String> parent) {
    int most = Math.min(entry.path().size() - 1, parent.size());
    int common = 0;
    while (common < most && Objects.equals(entry.path().get(common), parent.get(common))) {
      common++;
    }
    return common;
  }

  private void insertMember(Entry table, String member) {
    List<Entry> members = Objects.requireNonNull(table.inline());
    if (members.isEmpty()) {
      splice(table.value(), "{ " + member + " }");
    } else {
      int end = members.getLast().value().end();
      splice(new Span(end, end), ", " + member);
    }
  }

  private void insertAtEnd(TomlOutline outline, Section section, String line) {
    Entry last = null;
    for (Entry entry : outline.entries()) {
      if (!entry.isMember() && outline.sections().get(entry.section()).equals(section)) {
        last = entry;
      }
    }
    if (last != null) {
      insertLine(last.end(), line, indent(last));
    } else if (section.path().isEmpty()) {
      int place = afterFirstComment();
      boolean isFollowed = place < text.length();
      insertLine(place, isFollowed ? line + lineEnd : line, "");
    } else {
      insertLine(section.end(), line, "");
    }
  }

  /// What a file begins with may be about all of it, if an empty line follows.
  private int afterFirstComment() {
    int at = 0;
    while (text.startsWith("#", at)) {
      int end = text.indexOf('\n', at);
      at = end < 0 ? text.length() : end + 1;
    }
    if (text.startsWith(lineEnd, at) && at > 0) {
      return at + lineEnd.length();
    }
    return at == text.length() ? at : 0;
  }

  private String indent(Entry entry) {
    int at = entry.start();
    while (text.charAt(at) == ' ' || text.charAt(at) == '\t') {
      at++;
    }
    return text.substring(entry.start(), at);
  }

  /// A new table, beside its relatives or at the end.
  private void insertSection(TomlOutline outline, List<String> path, String line) {
    int place = text.length();
    for (Section section : outline.sections()) {
      if (!section.path().isEmpty() && section.path().getFirst().equals(path.getFirst())) {
        place = section.end();
      }
    }
    String before = text.substring(0, place);
    String blank = before.isBlank() || before.endsWith(lineEnd + lineEnd) ? "" : lineEnd;
    boolean isFollowed = place < text.length() && !text.startsWith(lineEnd, place);
    insertLine(
        place,
        blank + "[" + KeyPath.render(path) + "]" + lineEnd + line + (isFollowed ? lineEnd : ""),
        "");
  }

  private void insertLine(int place, String line, String indent) {
    boolean isOpen = place > 0 && text.charAt(place - 1) != '\n';
    splice(new Span(place, place), (isOpen ? lineEnd : "") + indent + line + lineEnd);
  }

  private void splice(Span span, String replacement) {
    text = text.substring(0, span.start()) + replacement + text.substring(span.end());
  }
}
