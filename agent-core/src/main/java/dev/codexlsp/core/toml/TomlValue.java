package dev.codexlsp.core.toml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A value and its place. Equality is that of the places, too; see [#plain()] for the values alone.
public sealed interface TomlValue {

  Place place();

  /// The value as maps, lists, strings, longs, doubles, booleans; dates are strings.
  Object plain();

  /// Keeps the order of the text.
  record Table(Map<String, TomlValue> entries, Place place) implements TomlValue {
    public Table {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    public static Table empty(Origin origin) {
      return new Table(Map.of(), Place.in(origin));
    }

    /// Nothing but a value at a path of at least one key.
    public static Table of(List<String> path, TomlValue value) {
      TomlValue.Table table = new Table(Map.of(path.getLast(), value), value.place());
      for (String key : path.subList(0, path.size() - 1).reversed()) {
        table = new Table(Map.of(key, table), value.place());
      }
      return table;
    }

    @Override
    public Map<String, Object> plain() {
      Map<String, Object> plain = new LinkedHashMap<>();
      entries.forEach((key, value) -> plain.put(key, value.plain()));
      return plain;
    }

    /// What stands at the path; null for nothing.
    public @Nullable TomlValue at(List<String> path) {
      TomlValue found = this;
      for (String key : path) {
        found = found instanceof Table table ? table.entries().get(key) : null;
        if (found == null) {
          return null;
        }
      }
      return found;
    }

    /// This one's values, and those of the other that this one has not. Tables are joined key by
    /// key; anything else is taken whole.
    public Table over(Table lower) {
      if (lower.entries.isEmpty()) {
        return this;
      }
      Map<String, TomlValue> joined = new LinkedHashMap<>(lower.entries);
      entries.forEach((key, value) ->
          joined.put(
              key,
              value instanceof Table mine && joined.get(key) instanceof Table other
                  ? mine.over(other)
                  : value));
      return new Table(joined, place);
    }
  }

  record Array(List<TomlValue> items, Place place) implements TomlValue {
    public Array {
      items = List.copyOf(items);
    }

    @Override
    public List<Object> plain() {
      List<Object> plain = new ArrayList<>();
      items.forEach(item -> plain.add(item.plain()));
      return plain;
    }
  }

  /// Neither a table nor an array.
  ///
  /// @param plain a string, a long, a double or a boolean
  record Scalar(Object plain, Place place) implements TomlValue {}

  /// The same value, as if it were written there.
  default TomlValue from(Origin origin) {
    Place there = new Place(origin, place().line(), place().column());
    return switch (this) {
      case Table(Map<String, TomlValue> entries, _) -> {
        Map<String, TomlValue> moved = new LinkedHashMap<>();
        entries.forEach((key, value) -> moved.put(key, value.from(origin)));
        yield new Table(moved, there);
      }
      case Array(List<TomlValue> items, _) ->
          new Array(items.stream().map(item -> item.from(origin)).toList(), there);
      case Scalar(Object plain, _) -> new Scalar(plain, there);
    };
  }

  /// A value that somebody has as plain objects. What is null in a map or a list is left out.
  static TomlValue of(Object plain, Place place) {
    return switch (plain) {
      case Map<?, ?> map -> table(map, place);
      case List<?> list ->
          new Array(
              list.stream().filter(Objects::nonNull).map(item -> of(item, place)).toList(), place);
      default -> new Scalar(plain, place);
    };
  }

  /// The same for a table.
  static Table table(Map<?, ?> plain, Place place) {
    Map<String, TomlValue> entries = new LinkedHashMap<>();
    plain.forEach((key, value) -> {
      if (value != null) {
        entries.put(String.valueOf(key), of(value, place));
      }
    });
    return new Table(entries, place);
  }
}
