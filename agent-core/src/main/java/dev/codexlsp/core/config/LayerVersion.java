package dev.codexlsp.core.config;

import dev.codexlsp.core.toml.TomlValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The version of a layer: a hash of what it says, whatever its comments and its layout are. It is
/// computed as in the original, from JSON with sorted keys, so that either accepts the other's.
final class LayerVersion {
  private LayerVersion() {}

  static String of(TomlValue.Table table) {
    StringBuilder json = new StringBuilder();
    append(json, table.plain());
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(json.toString().getBytes(StandardCharsets.UTF_8));
      return "sha256:" + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  private static void append(StringBuilder json, Object value) {
    switch (value) {
      case Map<?, ?> map -> {
        Map<String, Object> sorted = new TreeMap<>();
        map.forEach((key, item) -> sorted.put(String.valueOf(key), item));
        String separator = "{";
        for (Map.Entry<String, Object> entry : sorted.entrySet()) {
          json.append(separator);
          append(json, entry.getKey());
          json.append(':');
          append(json, entry.getValue());
          separator = ",";
        }
        json.append(map.isEmpty() ? "{}" : "}");
      }
      case List<?> list -> {
        String separator = "[";
        for (Object item : list) {
          json.append(separator);
          append(json, item);
          separator = ",";
        }
        json.append(list.isEmpty() ? "[]" : "]");
      }
      case String text -> string(json, text);
      default -> json.append(value);
    }
  }

  private static void string(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        case '\b' -> json.append("\\b");
        case '\t' -> json.append("\\t");
        case '\n' -> json.append("\\n");
        case '\f' -> json.append("\\f");
        case '\r' -> json.append("\\r");
        default -> {
          if (c < ' ') {
            json.append("\\u%04x".formatted((int) c));
          } else {
            json.append(c);
          }
        }
      }
    }
    json.append('"');
  }
}
