package dev.codexlsp.exec;

import dev.codexlsp.exec.sandbox.Confinement;
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
/// @param environment the whole environment of the child, exactly as given, but that a program at a
///   terminal is told the user's `SHELL` when it is not in here; with `inherited` what is laid over
///   that
/// @param stdio what the child's standard streams are connected to
/// @param inherited what the child gets of the environment of a place that is not this machine;
///   null for nothing, and always null for a command on this machine
/// @param sandbox what the command is confined to; null for no limits. What cannot be confined does
///   not run
public record ProcessSpec(
    List<String> argv,
    @Nullable String arg0,
    Path directory,
    Map<String, String> environment,
    Stdio stdio,
    @Nullable Inheritance inherited,
    @Nullable Confinement sandbox) {
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

  /// A command that inherits nothing.
  public ProcessSpec(
      List<String> argv,
      @Nullable String arg0,
      Path directory,
      Map<String, String> environment,
      Stdio stdio) {
    this(argv, arg0, directory, environment, stdio, null, null);
  }

  /// A command without limits.
  public ProcessSpec(
      List<String> argv,
      @Nullable String arg0,
      Path directory,
      Map<String, String> environment,
      Stdio stdio,
      @Nullable Inheritance inherited) {
    this(argv, arg0, directory, environment, stdio, inherited, null);
  }

  /// A command that reads nothing and writes to pipes.
  public ProcessSpec(List<String> argv, Path directory, Map<String, String> environment) {
    this(argv, null, directory, environment, Stdio.NO_INPUT);
  }

  /// The same command, confined.
  public ProcessSpec within(@Nullable Confinement sandbox) {
    return new ProcessSpec(argv, arg0, directory, environment, stdio, inherited, sandbox);
  }
}
