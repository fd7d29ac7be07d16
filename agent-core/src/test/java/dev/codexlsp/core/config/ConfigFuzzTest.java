package dev.codexlsp.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Files as people save them half way, and worse. A failure names its seed.
@Timeout(120)
class ConfigFuzzTest {
  private static final int TEXTS_PER_RUN = 400;

  @TempDir private Path home;

  /// Whatever happens to a file that could be read: who asks gets what it says, or what it said
  /// before and a warning; and a program that starts now gets that, or an error of ours.
  @RepeatedTest(5)
  void aFileThatCouldBeReadNeverStopsAnybody(RepetitionInfo run) throws Exception {
    ConfigLoader loader = new ConfigLoader(home, home);
    List<ConfigWarning> told = new ArrayList<>();
    loader.addListener(told::add);
    save(MutatedToml.VALID, 0);
    Config last = loader.load();
    for (int i = 1; i <= TEXTS_PER_RUN; i++) {
      long seed = run.getCurrentRepetition() * 1_000L + i;
      String text = MutatedToml.of(new Random(seed));
      save(text, i);
      Object fresh = fresh();
      Config now = loader.load();
      if (fresh instanceof Config config) {
        assertThat(now).as("seed %d%n%s", seed, text).isEqualTo(config);
        last = config;
        told.clear();
      } else {
        assertThat(now).as("seed %d%n%s", seed, text).isEqualTo(last);
        assertThat(told)
            .as("seed %d%n%s", seed, text)
            .extracting(ConfigWarning::summary, ConfigWarning::details)
            .contains(tuple("Invalid configuration; what it said before stays in use.", fresh));
      }
    }
    save(MutatedToml.VALID, TEXTS_PER_RUN + 1);
    assertThat(loader.load()).isEqualTo(fresh());
  }

  /// What a program reads that has never read the file, or what it is told instead.
  private Object fresh() {
    try {
      return new ConfigLoader(home, home).load();
    } catch (ConfigException broken) {
      assertThat(broken.getMessage()).startsWith(home.resolve("config.toml").toString());
      return String.valueOf(broken.getMessage());
    }
  }

  /// Two versions are never taken for one.
  private void save(String text, int version) throws Exception {
    Path file =
        Files.write(
            home.resolve("config.toml"),
            text.getBytes(version % 7 == 0 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8));
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_000L + version));
  }
}
