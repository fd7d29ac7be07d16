package dev.codexlsp.core.toml;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// A valid text of every kind of key, value, table, comment and layout.
final class RandomToml {
  private static final List<String> KEYS =
      List.of("a", "b-2", "\"q d\"", "'l.t'", "c_3", "\"e\\n\"", "10");
  private static final List<String> VALUES =
      List.of(
          "1",
          "-2.5e3",
          "0x1f",
          "true",
          "\"s # no comment\"",
          "'l\"it'",
          "\"\"\"two\nlines = 1 \\\"\"\"\"",
          "'''raw\n[no.header]\n'''",
          "[1, 2,\n  # in here\n  3 ]",
          "[['x'], [{ y = ']' }]]",
          "1979-05-27T07:32:00Z",
          "1979-05-27 07:32:00",
          "07:32:00",
          "{ }",
          "{ m = 1, n.o = '}', 'p' = { q = [1] } }");

  private final Random random;
  private final StringBuilder text = new StringBuilder();
  private final String end;
  private final Set<String> tables = new HashSet<>();

  RandomToml(Random random) {
    this.random = random;
    this.end = random.nextInt(4) == 0 ? "\r\n" : "\n";
  }

  String text() {
    body();
    int count = random.nextInt(5);
    for (int i = 0; i < count; i++) {
      header();
    }
    String made = text.toString();
    return random.nextInt(6) == 0 ? made.stripTrailing() : made;
  }

  private void header() {
    String name = "t" + random.nextInt(3);
    int kind = random.nextInt(4);
    String path =
        switch (kind) {
          case 0 -> "r" + random.nextInt(2);
          case 1 -> name + " . \"s." + random.nextInt(3) + "\"";
          default -> name;
        };
    if (kind != 0 && !tables.add(path)) {
      return;
    }
    noise();
    text.append(kind == 0 ? "[[" + path + "]]" : "[ " + path + " ]").append(comment()).append(end);
    body();
  }

  private void body() {
    List<String> free = new ArrayList<>(KEYS);
    int count = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      noise();
      String key = free.remove(random.nextInt(free.size()));
      String indent = random.nextInt(4) == 0 ? "  " : "";
      String value = VALUES.get(random.nextInt(VALUES.size())).replace("\n", end);
      if (random.nextInt(4) == 0) {
        text.append(indent).append(key).append(" . x = ").append(value).append(end);
        text.append(indent).append(key).append(".y=1").append(comment()).append(end);
      } else {
        text.append(indent).append(key).append(" = ").append(value).append(comment()).append(end);
      }
    }
  }

  private String comment() {
    return random.nextInt(4) == 0 ? " # why \"not\" [x] = 1" : "";
  }

  private void noise() {
    if (random.nextInt(4) == 0) {
      text.append(end);
    }
    if (random.nextInt(5) == 0) {
      text.append("# words ").append(random.nextInt(1_000)).append(end);
    }
  }
}
