package dev.codexlsp.core.config;

import dev.codexlsp.core.toml.Place;
import dev.codexlsp.core.toml.TomlSyntaxException;
import dev.codexlsp.core.toml.TomlText;
import dev.codexlsp.core.toml.TomlValue;
import java.nio.file.InvalidPathException;
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

/// A table of the configuration, which hands out checked values and makes the errors of those that
/// are wrong.
final class ConfigTable {
  private static final double MILLIS = 1000;

  private static final int MAX_QUOTED = 80;
  private static final Pattern BARE_KEY = Pattern.compile("[A-Za-z0-9_-]+");

  private final String prefix;
  private final TomlValue.@Nullable Table toml;
  private final Place place;

  /// @param prefix the dotted name of the table with a dot at its end, or nothing for the root
  /// @param toml null for a table that is nowhere; all its keys are absent
  /// @param place where somebody would look for a key that is missing
  private ConfigTable(String prefix, TomlValue.@Nullable Table toml, Place place) {
    this.prefix = prefix;
    this.toml = toml;
    this.place = place;
  }

  /// The root of what files and others say.
  ///
  /// @param file the one that a user would change
  static ConfigTable root(TomlValue.Table toml, Path file) {
    return new ConfigTable("", toml, Place.in(new ConfigSource.User(file, null)));
  }

  /// The root of a file that stands alone.
  static ConfigTable parse(Path file, String text) throws ConfigException {
    return root(parsed(text, new ConfigSource.User(file, null)), file);
  }

  static TomlValue.Table parsed(String text, ConfigSource source) throws ConfigException {
    try {
      return TomlText.parse(text, source);
    } catch (TomlSyntaxException wrong) {
      throw new ConfigException(
          new Place(source, wrong.line(), wrong.column()),
          null,
          "not valid TOML: " + wrong.getMessage());
    }
  }

  Set<String> keys() {
    return toml == null ? Set.of() : toml.entries().keySet();
  }

  ConfigTable table(String key) throws ConfigException {
    return new ConfigTable(
        name(key) + ".", value(key, TomlValue.Table.class, "a table"), place(key));
  }

  /// An array of tables; an absent one is empty.
  List<ConfigTable> tables(String key) throws ConfigException {
    TomlValue.Array array = value(key, TomlValue.Array.class, "an array of tables");
    List<ConfigTable> tables = new ArrayList<>();
    for (int i = 0; array != null && i < array.items().size(); i++) {
      if (!(array.items().get(i) instanceof TomlValue.Table table)) {
        throw error(key, "must be an array of tables");
      }
      tables.add(new ConfigTable(name(key) + "[" + i + "].", table, table.place()));
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
    String value = scalar(key, String.class, "a string");
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
    Boolean value = scalar(key, Boolean.class, "true or false");
    return value == null ? absent : value;
  }

  long integer(String key, long least, long most, long absent) throws ConfigException {
    Long value = scalar(key, Long.class, "an integer");
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
    Number value = scalar(key, Number.class, "a number");
    if (value == null) {
      return absent;
    }
    double seconds = value.doubleValue();
    if (!(seconds > 0 && seconds <= most.toSeconds())) {
      throw error(key, "must be more than 0 and at most " + most.toSeconds() + ", not " + value);
    }
    return Duration.ofMillis((long) Math.ceil(seconds * MILLIS));
  }

  boolean has(String key) {
    return at(key) != null;
  }

  boolean isTable(String key) {
    return at(key) instanceof TomlValue.Table;
  }

  boolean holds(String key, String value) {
    return at(key) instanceof TomlValue.Scalar(Object plain, _) && plain.equals(value);
  }

  /// One of the constants, in the file's spelling: lower case, with hyphens.
  <E extends Enum<E>> E word(String key, E[] words, E absent) throws ConfigException {
    return word(key, words, absent, '-');
  }

  /// The same with another character between the parts of a word.
  <E extends Enum<E>> E word(String key, E[] words, E absent, char between) throws ConfigException {
    String value = scalar(key, String.class, "a string");
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
    return has(key) ? spelled(word(key, words, words[0]), '-') : null;
  }

  private static String spelled(Enum<?> word, char between) {
    return word.name().toLowerCase(Locale.ROOT).replace('_', between);
  }

  List<String> strings(String key) throws ConfigException {
    TomlValue.Array array = value(key, TomlValue.Array.class, "an array of strings");
    List<String> strings = new ArrayList<>();
    for (TomlValue item : array == null ? List.<TomlValue>of() : array.items()) {
      if (!(item.plain() instanceof String string)) {
        throw error(key, "must be an array of strings");
      }
      strings.add(string);
    }
    return strings;
  }

  List<String> strings(String key, List<String> absent) throws ConfigException {
    return at(key) == null ? absent : strings(key);
  }

  Map<String, String> stringMap(String key) throws ConfigException {
    ConfigTable table = table(key);
    Map<String, String> strings = new LinkedHashMap<>();
    for (String name : table.keys()) {
      String value = table.scalar(name, String.class, "a string");
      if (value != null) {
        strings.put(name, value);
      }
    }
    return strings;
  }

  private @Nullable TomlValue at(String key) {
    return toml == null ? null : toml.entries().get(key);
  }

  private <T extends TomlValue> @Nullable T value(String key, Class<T> type, String described)
      throws ConfigException {
    TomlValue value = at(key);
    if (value != null && !type.isInstance(value)) {
      throw error(key, "must be " + described);
    }
    return type.cast(value);
  }

  private <T> @Nullable T scalar(String key, Class<T> type, String described)
      throws ConfigException {
    TomlValue value = at(key);
    if (value == null) {
      return null;
    }
    if (!type.isInstance(value.plain())) {
      throw error(key, "must be " + described);
    }
    return type.cast(value.plain());
  }

  /// A path; a relative one begins at the file that it is written in.
  @Nullable Path path(String key, Path userHome) throws ConfigException {
    String text = optionalString(key, null);
    try {
      return text == null ? null : ConfigPaths.resolve(text, place(key), userHome);
    } catch (InvalidPathException _) {
      throw error(key, "is not a path: " + quoted(text));
    }
  }

  List<Path> paths(String key, Path userHome) throws ConfigException {
    List<Path> paths = new ArrayList<>();
    for (String text : strings(key)) {
      try {
        paths.add(ConfigPaths.resolve(text, place(key), userHome));
      } catch (InvalidPathException _) {
        throw error(key, "holds %s, which is not a path".formatted(quoted(text)));
      }
    }
    return paths;
  }

  /// Tells the line of the key or, when the key is what is missing, that of the table.
  ///
  /// @param problem continues the sentence that begins with the key
  ConfigException error(String key, String problem) {
    return new ConfigException(place(key), name(key), name(key) + " " + problem);
  }

  /// Where a key stands, or where somebody would look for it.
  Place place(String key) {
    TomlValue value = at(key);
    return value == null ? place : value.place();
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
