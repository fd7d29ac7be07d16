package dev.codexlsp.core.toml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/// Reads a text. Nothing else knows the parser, which is loaded by the first text.
public final class TomlText {
  private final Origin origin;

  private TomlText(Origin origin) {
    this.origin = origin;
  }

  public static TomlValue.Table parse(String text, Origin origin) throws TomlSyntaxException {
    TomlParseResult result = parsed(text);
    if (result.hasErrors()) {
      TomlParseError first = result.errors().getFirst();
      throw new TomlSyntaxException(
          first.position().line(), first.position().column(), String.valueOf(first.getMessage()));
    }
    return new TomlText(origin).table(result, Place.in(origin));
  }

  /// The parser stumbles over some texts that are no TOML. That is the text's fault all the same.
  private static TomlParseResult parsed(String text) throws TomlSyntaxException {
    try {
      return Toml.parse(text);
    } catch (RuntimeException | AssertionError stumbled) {
      throw new TomlSyntaxException(1, 1, "this is no TOML: " + stumbled.getMessage());
    }
  }

  private TomlValue.Table table(TomlTable toml, Place place) {
    Map<String, TomlValue> entries = new LinkedHashMap<>();
    for (String key : toml.keySet()) {
      Object value = toml.get(List.of(key));
      if (value != null) {
        entries.put(key, value(value, place(toml.inputPositionOf(List.of(key)))));
      }
    }
    return new TomlValue.Table(entries, place);
  }

  private TomlValue value(Object value, Place place) {
    return switch (value) {
      case TomlTable table -> table(table, place);
      case TomlArray array -> array(array, place);
      case String _, Long _, Double _, Boolean _ -> new TomlValue.Scalar(value, place);
      // A date or a time; no key of ours wants one.
      default -> new TomlValue.Scalar(value.toString(), place);
    };
  }

  private TomlValue.Array array(TomlArray array, Place place) {
    List<TomlValue> items = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      items.add(value(array.get(i), place(array.inputPositionOf(i))));
    }
    return new TomlValue.Array(items, place);
  }

  private Place place(@Nullable TomlPosition position) {
    return position == null
        ? Place.in(origin)
        : new Place(origin, position.line(), position.column());
  }
}
