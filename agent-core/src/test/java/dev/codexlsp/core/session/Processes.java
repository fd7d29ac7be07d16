package dev.codexlsp.core.session;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// The processes of this machine, as the kernel lists them.
public final class Processes {
  private static final Path PROC = Path.of("/proc");

  private Processes() {}

  /// Whether it runs; one that has ended and is not reaped does not.
  public static boolean isAlive(long pid) {
    String stat = stat(PROC.resolve(String.valueOf(pid)));
    return !stat.isEmpty() && !field(stat, 0).equals("Z");
  }

  /// Whether there is still an entry for it, dead or alive.
  static boolean isThere(long pid) {
    return !stat(PROC.resolve(String.valueOf(pid))).isEmpty();
  }

  /// Those of the process group that run.
  static List<Long> alive(long group) {
    try (Stream<Path> entries = Files.list(PROC)) {
      return entries
          .filter(entry -> entry.getFileName().toString().chars().allMatch(Character::isDigit))
          .filter(entry -> {
            String stat = stat(entry);
            return !stat.isEmpty()
                && field(stat, 2).equals(String.valueOf(group))
                && !field(stat, 0).equals("Z");
          })
          .map(entry -> Long.parseLong(entry.getFileName().toString()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String stat(Path entry) {
    try {
      return Files.readString(entry.resolve("stat"));
    } catch (IOException gone) {
      return "";
    }
  }

  /// Counted from the state, which follows the program's name in brackets: state, parent, group.
  private static String field(String stat, int index) {
    return Arrays.asList(stat.substring(stat.lastIndexOf(')') + 2).split(" ")).get(index);
  }
}
