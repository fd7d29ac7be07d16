package dev.codexlsp.exec;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A command somebody wants to run.
///
/// @param argv the program and its arguments; a program without a slash is looked up in the `PATH`
///   of `environment`
/// @param directory the absolute directory to run in
/// @param environment the whole environment of the child, exactly as given; nothing is inherited
public record ProcessSpec(List<String> argv, Path directory, Map<String, String> environment) {
  public ProcessSpec {
    argv = List.copyOf(argv);
    environment = Map.copyOf(environment);
    if (argv.isEmpty()) {
      throw new IllegalArgumentException("argv must not be empty");
    }
    if (!directory.isAbsolute()) {
      throw new IllegalArgumentException("directory must be absolute: " + directory);
    }
  }
}
