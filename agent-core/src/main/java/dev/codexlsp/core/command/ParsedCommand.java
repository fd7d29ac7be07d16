package dev.codexlsp.core.command;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An argv as far as we understand it.
public sealed interface ParsedCommand {

  List<String> argv();

  /// Exactly these commands run, one after the other or as a pipeline, and nothing else.
  ///
  /// @param shell the shell with its options and script when the argv is one; it runs too
  /// @param commands in the order of the text; never empty
  record Understood(List<String> argv, @Nullable SimpleCommand shell, List<SimpleCommand> commands)
      implements ParsedCommand {
    public Understood {
      argv = List.copyOf(argv);
      commands = List.copyOf(commands);
    }
  }

  /// It could do anything: only somebody who reads all of it can permit it.
  record Opaque(List<String> argv) implements ParsedCommand {
    public Opaque {
      argv = List.copyOf(argv);
    }
  }
}
