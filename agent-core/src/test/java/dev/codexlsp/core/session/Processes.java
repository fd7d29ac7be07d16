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

  /// The kernel's mark of one that ends and runs nothing of its program any more. It closes its
  /// files first and is a zombie later, so whoever reads its output may see it in between.
  private static final long EXITING = 4;

  private Processes() {}

  /// Whether it runs; one that has ended and is not reaped does not.
  public static boolean isAlive(long pid) {
    return isAlive(stat(PROC.resolve(String.valueOf(pid))));
  }

  private static boolean isAlive(String stat) {
    return !stat.isEmpty()
        && !field(stat, 0).equals("Z")
        && (Long.parseLong(field(stat, 6)) & EXITING) == 0;
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
            return isAlive(stat) && field(stat, 2).equals(String.valueOf(group));
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

  /// Counted from the state, which follows the program's name in brackets: state, parent, group,
  /// session, terminal, its group, flags.
  private static String field(String stat, int index) {
    return Arrays.asList(stat.substring(stat.lastIndexOf(')') + 2).split(" ")).get(index);
  }
}
