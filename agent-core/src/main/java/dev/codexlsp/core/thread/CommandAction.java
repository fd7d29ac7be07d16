package dev.codexlsp.core.thread;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What a command seems to do, as a hint for display. Never used for a decision.
public sealed interface CommandAction {

  /// The part of the command that does it, quoted so that a shell would read it.
  String command();

  /// It shows a file.
  ///
  /// @param name the file's own name
  /// @param path the file, absolute
  record Read(String command, String name, Path path) implements CommandAction {}

  /// It lists files.
  ///
  /// @param path a short name of the folder; null when it is the current one
  record ListFiles(String command, @Nullable String path) implements CommandAction {}

  /// It looks for a text in files, or for files by name.
  ///
  /// @param query null when the command does not say one
  /// @param path a short name of where it looks; null when it is the current folder
  record Search(String command, @Nullable String query, @Nullable String path)
      implements CommandAction {}

  /// Nothing better is known than the text itself.
  record Unknown(String command) implements CommandAction {}
}
