package dev.codexlsp.core.tool;

import dev.codexlsp.core.command.ProgramTrust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

/// Finds the programs of this machine as a command would find them.
final class ProgramPlaces {
  private static final ProgramTrust.Location NOWHERE = new ProgramTrust.Location(null, null);

  private final Path directory;
  private final String path;

  /// @param directory the command runs in
  /// @param variables the command gets
  ProgramPlaces(Path directory, Map<String, String> variables) {
    this.directory = directory;
    this.path = variables.getOrDefault("PATH", "");
  }

  ProgramTrust.Location find(String program) {
    try {
      if (program.contains("/")) {
        return located(directory.resolve(program));
      }
      for (String folder : path.split(":", -1)) {
        ProgramTrust.Location found = located(directory.resolve(folder).resolve(program));
        if (found.found() != null) {
          return found;
        }
      }
      return NOWHERE;
    } catch (InvalidPathException noPath) {
      return NOWHERE;
    }
  }

  private static ProgramTrust.Location located(Path candidate) {
    try {
      return Files.isRegularFile(candidate) && Files.isExecutable(candidate)
          ? new ProgramTrust.Location(candidate, candidate.toRealPath())
          : NOWHERE;
    } catch (IOException vanished) {
      return NOWHERE;
    }
  }
}
