package dev.codexlsp.exec.local;

import dev.codexlsp.exec.ExecException;
import dev.codexlsp.exec.ProcessSpec;
import dev.codexlsp.exec.SystemError;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Finds the file that a command names, before anything is started.
///
/// The C library would search the server's own `PATH`, and it has one answer for a missing program
/// and for a missing directory. What is found here can be gone a moment later; then the start
/// itself fails.
final class ProgramLookup {
  /// Where a program is looked for when the child has no `PATH`, as the C library does it.
  private static final String DEFAULT_PATH = "/bin:/usr/bin";

  private ProgramLookup() {}

  /// Runs on the caller's thread, so that a hanging network folder stops nobody else.
  static Path find(ProcessSpec spec) throws ExecException {
    checkText(spec);
    checkDirectory(spec.directory());
    String name = spec.argv().getFirst();
    boolean denied = false;
    for (Path candidate : candidates(name, spec)) {
      if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
        return candidate;
      }
      denied |= Files.exists(candidate);
    }
    throw denied
        ? new ExecException("permission denied: " + name, SystemError.DENIED)
        : new ExecException("program not found: " + name, SystemError.NO_ENTRY);
  }

  private static List<Path> candidates(String name, ProcessSpec spec) {
    try {
      if (name.isEmpty()) {
        return List.of();
      }
      if (name.contains("/")) {
        return List.of(spec.directory().resolve(name));
      }
      String path = spec.environment().getOrDefault("PATH", DEFAULT_PATH);
      // An empty entry is the working directory.
      return Stream.of(path.split(":", -1))
          .map(entry -> spec.directory().resolve(entry).resolve(name))
          .toList();
    } catch (InvalidPathException _) {
      return List.of();
    }
  }

  private static void checkDirectory(Path directory) throws ExecException {
    try {
      if (!Files.readAttributes(directory, BasicFileAttributes.class).isDirectory()) {
        throw new ExecException("not a directory: " + directory, SystemError.NO_DIRECTORY);
      }
    } catch (AccessDeniedException _) {
      throw new ExecException("permission denied: " + directory, SystemError.DENIED);
    } catch (IOException _) {
      throw new ExecException("no such directory: " + directory, SystemError.NO_ENTRY);
    }
    if (!Files.isExecutable(directory)) {
      throw new ExecException("permission denied: " + directory, SystemError.DENIED);
    }
  }

  /// C ends a string at the first NUL and a variable's name at the first `=`: without this check
  /// the child would silently get something else than was asked for.
  private static void checkText(ProcessSpec spec) throws ExecException {
    for (String argument : spec.argv()) {
      checkArgument(argument);
    }
    if (spec.arg0() != null) {
      checkArgument(spec.arg0());
    }
    for (Map.Entry<String, String> variable : spec.environment().entrySet()) {
      String name = variable.getKey();
      if (name.isEmpty() || name.indexOf('=') >= 0 || (name + variable.getValue()).contains("\0")) {
        throw new ExecException("not a valid environment variable: " + visible(name));
      }
    }
  }

  private static void checkArgument(String argument) throws ExecException {
    if (argument.indexOf('\0') >= 0) {
      throw new ExecException("an argument contains a NUL character: " + visible(argument));
    }
  }

  private static String visible(String text) {
    return text.replace("\0", "\\0");
  }
}
