package dev.codexlsp.exec.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.exec.sandbox.Rung;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What the page on security says was tried is what is tried, with the same result.
class SecurityPageTest {
  private static final Path PAGE = Path.of("..", "docs", "security.md");
  private static final Pattern ROW =
      Pattern.compile(
          "\\| `([A-Z0-9_]+)` \\| [^|]+ \\| (\\w+) \\| (\\w+) \\| (\\w+) \\| (\\w+) \\|");

  @Test
  void tellsOfEveryAttack() throws Exception {
    String page = Files.readString(PAGE);
    Map<Attack, List<String>> told = new EnumMap<>(Attack.class);
    Matcher row = ROW.matcher(page);
    while (row.find()) {
      List<String> outcomes = List.of(row.group(2), row.group(3), row.group(4), row.group(5));
      assertThat(told.put(Attack.valueOf(row.group(1)), outcomes)).isNull();
    }
    Map<Attack, List<String>> tried = new EnumMap<>(Attack.class);
    for (Attack attack : Attack.values()) {
      List<String> outcomes = new ArrayList<>();
      for (Rung rung : Rung.values()) {
        outcomes.add(EscapeTest.outcome(attack, rung, false));
        outcomes.add(EscapeTest.outcome(attack, rung, true));
      }
      tried.put(attack, outcomes);
    }
    assertThat(told).isEqualTo(tried);
    assertThat(page).contains("**`ABSTRACT_SOCKET`**", "**`DAEMON`**");
  }
}
