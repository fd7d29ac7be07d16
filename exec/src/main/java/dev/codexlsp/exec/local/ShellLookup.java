package dev.codexlsp.exec.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Finds the shell that a user works with: what his environment says, else what the system has
/// written down for him, else the one that every system has.
final class ShellLookup {
  private static final Path EVERYWHERE = Path.of("/bin/sh");
  private static final int SHELL_FIELD = 6;

  private ShellLookup() {}

  /// @param users the file where the system keeps its users, `/etc/passwd`
  static Path find(Map<String, String> environment, Path users, String user) {
    return Stream.concat(
            Stream.ofNullable(environment.get("SHELL")), Stream.ofNullable(noted(users, user)))
        .map(ShellLookup::program)
        .flatMap(Stream::ofNullable)
        .findFirst()
        .orElse(EVERYWHERE);
  }

  /// Null when the text names no program.
  private static @Nullable Path program(String text) {
    try {
      Path shell = Path.of(text);
      boolean usable =
          shell.isAbsolute() && Files.isRegularFile(shell) && Files.isExecutable(shell);
      return usable ? shell : null;
    } catch (InvalidPathException _) {
      return null;
    }
  }

  /// Null when the file does not know the user, or cannot be read.
  private static @Nullable String noted(Path users, String user) {
    // Whatever encoding a name may have, Latin 1 can read it.
    try (Stream<String> lines = Files.lines(users, StandardCharsets.ISO_8859_1)) {
      return lines
          .map(line -> line.split(":", -1))
          .filter(fields -> fields.length > SHELL_FIELD && fields[0].equals(user))
          .map(fields -> fields[SHELL_FIELD])
          .findFirst()
          .orElse(null);
    } catch (IOException _) {
      return null;
    }
  }
}
