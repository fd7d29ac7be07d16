package dev.codexlsp.core.toml;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where headers, keys and values stand in a text. Offsets count UTF-16 units.
///
/// @param sections in the order of the text; the first is the root, which has no header
/// @param entries of all sections, in the order of the text; each is followed by its members
record TomlOutline(List<Section> sections, List<Entry> entries) {
  /// A table with a header.
  ///
  /// @param path of the table; one that lies in an array of tables has a key in it that no text can
  ///   hold
  /// @param start of the header's line
  /// @param end after the line of the header, or of the last entry
  record Section(List<String> path, int start, int end) {}

  /// A key and its value.
  ///
  /// @param path from the root on
  /// @param base how many keys of the path come from what it stands in, not from its own key
  /// @param section the index of the section it stands in
  /// @param line all of its line; of a member of an inline table, its key and its value
  /// @param inline what an inline table holds; null for any other value
  /// @param isMember whether it stands in an inline table
  record Entry(
      List<String> path,
      int base,
      int section,
      Span line,
      Span value,
      @Nullable List<Entry> inline,
      boolean isMember) {
    int start() {
      return line.start();
    }

    int end() {
      return line.end();
    }
  }

  /// A part of the text.
  record Span(int start, int end) {}

  /// The entry of exactly this path; null for none.
  @Nullable Entry entry(List<String> path) {
    for (Entry entry : entries) {
      if (entry.path().equals(path)) {
        return entry;
      }
    }
    return null;
  }

  static boolean startsWith(List<String> path, List<String> prefix) {
    return path.size() >= prefix.size() && path.subList(0, prefix.size()).equals(prefix);
  }
}
