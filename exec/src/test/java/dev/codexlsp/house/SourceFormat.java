package dev.codexlsp.house;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;

/// How the sources of one module look: formatted by google-java-format, and no file beyond the size
/// that is refused. `mvn verify -DformatSources` rewrites them instead of complaining.
public final class SourceFormat {
  private static final int REFUSED_LINES = 800;

  private SourceFormat() {}

  /// Fails with the list of files of the module in the working directory that are not formatted.
  public static void check() throws IOException, FormatterException {
    boolean rewrite = System.getProperty("formatSources") != null;
    Formatter formatter = new Formatter(JavaFormatterOptions.defaultOptions());
    List<Path> unformatted = new ArrayList<>();
    for (Path file : sources("src")) {
      String text = Files.readString(file);
      String formatted = formatter.formatSourceAndFixImports(text);
      if (!formatted.equals(text)) {
        if (rewrite) {
          Files.writeString(file, formatted);
        } else {
          unformatted.add(file);
        }
      }
    }
    Assertions.assertThat(unformatted).as("run: mvn verify -DformatSources").isEmpty();
  }

  /// Prints the sizes of the main sources and refuses a file that no head can hold.
  public static void checkSizes() throws IOException {
    List<Path> files = sources("src/main");
    long[] lines = new long[files.size()];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = Files.readString(files.get(i)).lines().count();
      Assertions.assertThat(lines[i]).as(files.get(i).toString()).isLessThan(REFUSED_LINES);
    }
    Assertions.assertThat(lines).isNotEmpty();
    Arrays.sort(lines);
    System.out.printf(
        "%d main files, lines: median %d, p95 %d, largest %d%n",
        lines.length,
        lines[lines.length / 2],
        lines[(int) (lines.length * 0.95)],
        lines[lines.length - 1]);
  }

  private static List<Path> sources(String folder) throws IOException {
    try (Stream<Path> all = Files.walk(Path.of(folder))) {
      return all.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }
}
