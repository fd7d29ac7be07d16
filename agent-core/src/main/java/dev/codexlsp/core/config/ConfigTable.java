package dev.codexlsp.core.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/// A table of the file, which hands out checked values and makes the errors of those that are
/// wrong. Nothing else knows the TOML parser.
final class ConfigTable {
  private static final double MILLIS = 1000;

  private static final int MAX_QUOTED = 80;
  private static final Pattern BARE_KEY = Pattern.compile("[A-Za-z0-9_-]+");

  private final Path file;
  private final String prefix;
  private final @Nullable TomlTable toml;
  private final @Nullable Integer line;

  /// @param prefix the dotted name of the table with a dot at its end, or nothing for the root
  /// @param toml null for a table that is not in the file; all its keys are absent
  /// @param line where the table begins; null for the root and for a table that is not in the file
  private ConfigTable(Path file, String prefix, @Nullable TomlTable toml, @Nullable Integer line) {
    this.file = file;
    this.prefix = prefix;
    this.toml = toml;
    this.line = line;
  }

  static ConfigTable parse(Path file, String text) throws ConfigException {
    TomlParseResult result = Toml.parse(text);
    if (result.hasErrors()) {
      TomlParseError first = result.errors().getFirst();
      throw new ConfigException(
          file, first.position().line(), null, "not valid TOML: " + first.getMessage());
    }
    return new ConfigTable(file, "", result, null);
  }

  Set<String> keys() {
    return toml == null ? Set.of() : toml.keySet();
  }

  ConfigTable table(String key) throws ConfigException {
    return new ConfigTable(
        file, name(key) + ".", value(key, TomlTable.class, "a table"), line(key));
  }

  /// An array of tables; an absent one is empty.
  List<ConfigTable> tables(String key) throws ConfigException {
    TomlArray array = value(key, TomlArray.class, "an array of tables");
    List<ConfigTable> tables = new ArrayList<>();
    for (int i = 0; array != null && i < array.size(); i++) {
      if (!(array.get(i) instanceof TomlTable table)) {
        throw error(key, "must be an array of tables");
      }
      TomlPosition position = array.inputPositionOf(i);
      tables.add(
          new ConfigTable(
              file, name(key) + "[" + i + "].", table, position == null ? null : position.line()));
    }
    return tables;
  }

  /// Refuses keys of any other name.
  void requireKeys(Set<String> known) throws ConfigException {
    for (String key : keys()) {
      if (!known.contains(key)) {
        throw error(key, "is not a key that is known here");
      }
    }
  }

  String string(String key, String absent) throws ConfigException {
    String value = value(key, String.class, "a string");
    if (value == null) {
      return absent;
    }
    if (value.isBlank()) {
      throw error(key, "must not be empty");
    }
    return value;
  }

  @Nullable String optionalString(String key, @Nullable String absent) throws ConfigException {
    String value = string(key, "");
    return value.isEmpty() ? absent : value;
  }

  /// Absent is false.
  boolean flag(String key) throws ConfigException {
    return flag(key, false);
  }

  boolean flag(String key, boolean absent) throws ConfigException {
    Boolean value = value(key, Boolean.class, "true or false");
    return value == null ? absent : value;
  }

  long integer(String key, long least, long most, long absent) throws ConfigException {
    Long value = value(key, Long.class, "an integer");
    if (value == null) {
      return absent;
    }
    if (value < least || value > most) {
      String range =
          most == Long.MAX_VALUE ? "at least " + least : "between " + least + " and " + most;
      throw error(key, "must be " + range + ", not " + value);
    }
    return value;
  }

  /// Seconds, perhaps with a fraction; more than none.
  Duration seconds(String key, Duration most, Duration absent) throws ConfigException {
    Number value = value(key, Number.class, "a number");
    if (value == null) {
      return absent;
    }
    double seconds = value.doubleValue();
    if (!(seconds > 0 && seconds <= most.toSeconds())) {
      throw error(key, "must be more than 0 and at most " + most.toSeconds() + ", not " + value);
    }
    return Duration.ofMillis((long) Math.ceil(seconds * MILLIS));
  }

  boolean isTable(String key) {
    return toml != null && toml.get(List.of(key)) instanceof TomlTable;
  }

  boolean holds(String key, String value) {
    return toml != null && value.equals(toml.get(List.of(key)));
  }

  /// One of the constants, in the file's spelling: lower case, with hyphens.
  <E extends Enum<E>> E word(String key, E[] words, E absent) throws ConfigException {
    return word(key, words, absent, '-');
  }

  /// The same with another character between the parts of a word.
  <E extends Enum<E>> E word(String key, E[] words, E absent, char between) throws ConfigException {
    String value = value(key, String.class, "a string");
    if (value == null) {
      return absent;
    }
    for (E word : words) {
      if (spelled(word, between).equals(value)) {
        return word;
      }
    }
    String choice =
        Arrays.stream(words).map(word -> spelled(word, between)).collect(Collectors.joining(", "));
    throw error(
        key,
        "must be %s%s, not %s".formatted(words.length > 1 ? "one of " : "", choice, quoted(value)));
  }

  /// The same as text; null when there is none.
  <E extends Enum<E>> @Nullable String optionalWord(String key, E[] words) throws ConfigException {
    if (toml == null || !toml.contains(List.of(key))) {
      return null;
    }
    return spelled(word(key, words, words[0]), '-');
  }

  private static String spelled(Enum<?> word, char between) {
    return word.name().toLowerCase(Locale.ROOT).replace('_', between);
  }

  List<String> strings(String key) throws ConfigException {
    TomlArray array = value(key, TomlArray.class, "an array of strings");
    List<String> strings = new ArrayList<>();
    for (int i = 0; array != null && i < array.size(); i++) {
      if (!(array.get(i) instanceof String string)) {
        throw error(key, "must be an array of strings");
      }
      strings.add(string);
    }
    return strings;
  }

  List<String> strings(String key, List<String> absent) throws ConfigException {
    return toml != null && toml.contains(List.of(key)) ? strings(key) : absent;
  }

  Map<String, String> stringMap(String key) throws ConfigException {
    ConfigTable table = table(key);
    Map<String, String> strings = new LinkedHashMap<>();
    for (String name : table.keys()) {
      String value = table.value(name, String.class, "a string");
      if (value != null) {
        strings.put(name, value);
      }
    }
    return strings;
  }

  private <T> @Nullable T value(String key, Class<T> type, String described)
      throws ConfigException {
    Object value = toml == null ? null : toml.get(List.of(key));
    if (value == null) {
      return null;
    }
    if (!type.isInstance(value)) {
      throw error(key, "must be " + described);
    }
    return type.cast(value);
  }

  /// Tells the line of the key or, when the key is what is missing, that of the table.
  ///
  /// @param problem continues the sentence that begins with the key
  ConfigException error(String key, String problem) {
    Integer keyLine = line(key);
    return new ConfigException(
        file, keyLine == null ? line : keyLine, name(key), name(key) + " " + problem);
  }

  private @Nullable Integer line(String key) {
    TomlPosition position = toml == null ? null : toml.inputPositionOf(List.of(key));
    return position == null ? null : position.line();
  }

  private String name(String key) {
    return prefix + (BARE_KEY.matcher(key).matches() ? key : quoted(key));
  }

  /// Text of the file as a message may show it: on one line, printable, and not endless.
  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    String shown = text.length() > MAX_QUOTED ? text.substring(0, MAX_QUOTED) + "…" : text;
    for (int i = 0; i < shown.length(); i++) {
      char c = shown.charAt(i);
      if (Character.isLetterOrDigit(c) || c == '…' || (c >= ' ' && c < 0x7f)) {
        quoted.append(c);
      } else {
        quoted.append("\\u%04x".formatted((int) c));
      }
    }
    return quoted.append('"').toString();
  }
}
