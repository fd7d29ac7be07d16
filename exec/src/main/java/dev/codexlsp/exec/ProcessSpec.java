package dev.codexlsp.exec;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A command somebody wants to run.
///
/// @param argv the program and its arguments; a program without a slash is looked up in the `PATH`
///   of `environment`
/// @param arg0 what the program sees as its own name; null for the first of `argv`
/// @param directory the absolute directory to run in
/// @param environment the whole environment of the child, exactly as given; nothing is inherited
/// @param stdio what the child's standard streams are connected to
public record ProcessSpec(
    List<String> argv,
    @Nullable String arg0,
    Path directory,
    Map<String, String> environment,
    Stdio stdio) {
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

  /// A command that reads nothing and writes to pipes.
  public ProcessSpec(List<String> argv, Path directory, Map<String, String> environment) {
    this(argv, null, directory, environment, Stdio.NO_INPUT);
  }
}
