package dev.codexlsp.exec.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What the page on security says was tried is what is tried, with the same result.
class SecurityPageTest {
  private static final Path PAGE = Path.of("..", "docs", "security.md");
  private static final Pattern ROW =
      Pattern.compile("\\| `([A-Z0-9_]+)` \\| [^|]+ \\| (held|allowed) \\| (held|allowed) \\|");

  @Test
  void tellsOfEveryAttack() throws Exception {
    String page = Files.readString(PAGE);
    Map<Attack, String> withNetwork = new EnumMap<>(Attack.class);
    Matcher row = ROW.matcher(page);
    while (row.find()) {
      assertThat(row.group(2)).isEqualTo("held");
      assertThat(withNetwork.put(Attack.valueOf(row.group(1)), row.group(3))).isNull();
    }
    Map<Attack, String> tried = new EnumMap<>(Attack.class);
    for (Attack attack : EnumSet.allOf(Attack.class)) {
      tried.put(attack, EscapeTest.NETWORK.contains(attack) ? "allowed" : "held");
    }
    assertThat(withNetwork).isEqualTo(tried);
    assertThat(page).contains("**`ABSTRACT_SOCKET`**");
  }
}
