package dev.codexlsp.core.toml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/// Random texts and random changes. A failure names its seed.
class TomlEditorFuzzTest {
  private static final int TEXTS_PER_RUN = 60;
  private static final Origin TEST = new Origin() {};

  /// A change of one key means what it should, and the lines before and after those that it is
  /// written on are the same to the character.
  @RepeatedTest(5)
  void oneKeyChanges(RepetitionInfo run) throws Exception {
    for (int i = 0; i < TEXTS_PER_RUN; i++) {
      long seed = run.getCurrentRepetition() * 1_000L + i;
      Random random = new Random(seed);
      String text = new RandomToml(random).text();
      List<String> path = someKey(text, random);
      Object value =
          List.of(7L, "new \"text\" #", true, List.of(1L, "x"), 2.5).get(random.nextInt(5));
      boolean wasThere = at(text, path) != null;

      String changed =
          TomlEditor.apply(text, List.of(new TomlEdit(path, value, random.nextBoolean())));

      assertThat(at(changed, path)).as("seed %d, %s in%n%s", seed, path, text).isEqualTo(value);
      List<String> lost = lines(text);
      lines(changed).forEach(lost::remove);
      if (!wasThere) {
        // Only a member that joins others on their line changes it.
        assertThat(lost).as("seed %d, %s in%n%s", seed, path, text).allMatch(l -> l.contains("{"));
      }
    }
  }

  /// A key that is put there and taken away again leaves every line as it was; its table stays.
  @RepeatedTest(5)
  void aNewKeyGoesWithoutATrace(RepetitionInfo run) throws Exception {
    for (int i = 0; i < TEXTS_PER_RUN; i++) {
      long seed = run.getCurrentRepetition() * 1_000L + i;
      String text = new RandomToml(new Random(seed)).text();
      List<String> path = List.of("quite", "new");

      String there = TomlEditor.apply(text, List.of(new TomlEdit(path, 1L, true)));
      String gone = TomlEditor.apply(there, List.of(new TomlEdit(path, null, true)));

      List<String> left = lines(gone);
      left.remove("[quite]");
      assertThat(left).as("seed %d", seed).isEqualTo(lines(text));
    }
  }

  /// Any text at all: a change is made, or refused in order.
  @Test
  void brokenTextsAreRefusedInOrder() {
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder(new RandomToml(random).text());
      for (int i = 0; i < 1 + random.nextInt(4); i++) {
        damage(text, random);
      }
      String outcome;
      try {
        TomlEditor.apply(text.toString(), List.of(new TomlEdit(List.of("a", "b"), 1L, true)));
        outcome = "changed";
      } catch (TomlSyntaxException | TomlEdit.Refused refused) {
        outcome = String.valueOf(refused.getMessage());
      }
      assertThat(outcome).as("seed %d", seed).isNotBlank();
    }
  }

  private static void damage(StringBuilder text, Random random) {
    String noise = "[]{}\"'=.#\\\n\r,\0é\uD800 1";
    int place = random.nextInt(text.length() + 1);
    if (random.nextBoolean()) {
      text.insert(place, noise.charAt(random.nextInt(noise.length())));
    } else {
      text.delete(place, Math.min(text.length(), place + random.nextInt(5)));
    }
  }

  private static List<String> lines(String text) {
    return new ArrayList<>(Arrays.stream(text.split("\r?\n")).filter(l -> !l.isBlank()).toList());
  }

  /// One that is there, or one beside it.
  private static List<String> someKey(String text, Random random) throws Exception {
    List<String> path = new ArrayList<>();
    Map<?, ?> table = TomlText.parse(text, TEST).plain();
    while (true) {
      List<?> keys = new ArrayList<>(table.keySet());
      boolean isFresh = keys.isEmpty() || random.nextInt(4) == 0;
      Object key = isFresh ? "fresh" : keys.get(random.nextInt(keys.size()));
      path.add(String.valueOf(key));
      if (!(table.get(key) instanceof Map<?, ?> below) || random.nextInt(8) == 0) {
        return path;
      }
      table = below;
    }
  }

  private static @Nullable Object at(String text, List<String> path) throws Exception {
    TomlValue value = TomlText.parse(text, TEST).at(path);
    return value == null ? null : value.plain();
  }
}
