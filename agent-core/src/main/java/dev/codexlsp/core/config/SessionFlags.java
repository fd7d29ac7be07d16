package dev.codexlsp.core.config;

import dev.codexlsp.core.toml.KeyPath;
import dev.codexlsp.core.toml.Place;
import dev.codexlsp.core.toml.TomlSyntaxException;
import dev.codexlsp.core.toml.TomlText;
import dev.codexlsp.core.toml.TomlValue;
import java.util.List;

/// `-c key=value`, as often as somebody likes.
public final class SessionFlags {
  private static final ConfigSource SOURCE = new ConfigSource.SessionFlags();

  private SessionFlags() {}

  /// Later options go before earlier ones. A value that is not TOML is text.
  ///
  /// @throws IllegalArgumentException for an option that is not `key=value`, with words for the
  ///   user
  public static TomlValue.Table parse(List<String> options) {
    TomlValue.Table flags = TomlValue.Table.empty(SOURCE);
    for (String option : options) {
      flags = one(option).over(flags);
    }
    return flags;
  }

  private static TomlValue.Table one(String option) {
    int equals = option.indexOf('=');
    if (equals < 0) {
      throw new IllegalArgumentException("not KEY=VALUE: " + ConfigTable.quoted(option));
    }
    try {
      List<String> path = KeyPath.parse(option.substring(0, equals).strip());
      return TomlValue.Table.of(path, value(option.substring(equals + 1).strip()));
    } catch (TomlSyntaxException wrong) {
      throw new IllegalArgumentException(
          "not KEY=VALUE: " + ConfigTable.quoted(option) + ": " + wrong.getMessage(), wrong);
    }
  }

  private static TomlValue value(String text) {
    try {
      // On one line, so that nobody sneaks in a second key.
      TomlValue.Table parsed = TomlText.parse("v = " + text, SOURCE);
      TomlValue value = parsed.entries().get("v");
      if (value != null && parsed.entries().size() == 1) {
        return TomlValue.of(value.plain(), Place.in(SOURCE));
      }
    } catch (TomlSyntaxException _) {
      // Then it is text.
    }
    String bare = text.replaceAll("^[\"']+|[\"']+$", "");
    return new TomlValue.Scalar(bare, Place.in(SOURCE));
  }
}
