package dev.codexlsp.core.toml;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Writes plain values as TOML, on one line each.
final class TomlWriter {
  private TomlWriter() {}

  /// @param plain a map, a list, a string, a long, a double or a boolean
  static String value(Object plain) {
    return switch (plain) {
      case Map<?, ?> map ->
          map.isEmpty()
              ? "{}"
              : map.entrySet().stream()
                  .map(entry -> key(entry.getKey()) + " = " + value(entry.getValue()))
                  .collect(Collectors.joining(", ", "{ ", " }"));
      case List<?> list ->
          list.stream().map(TomlWriter::value).collect(Collectors.joining(", ", "[", "]"));
      case String text -> string(text);
      case Double number -> number(number);
      default -> plain.toString();
    };
  }

  private static String key(Object key) {
    return KeyPath.render(String.valueOf(key));
  }

  /// An exponent wants a fraction before it, which Java always writes.
  private static String number(double number) {
    if (Double.isNaN(number)) {
      return "nan";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? "inf" : "-inf";
    }
    return Double.toString(number);
  }

  static String string(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\b' -> quoted.append("\\b");
        case '\t' -> quoted.append("\\t");
        case '\n' -> quoted.append("\\n");
        case '\f' -> quoted.append("\\f");
        case '\r' -> quoted.append("\\r");
        default -> {
          if (c < ' ' || c == 0x7f) {
            quoted.append("\\u%04X".formatted((int) c));
          } else {
            quoted.append(c);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }
}
