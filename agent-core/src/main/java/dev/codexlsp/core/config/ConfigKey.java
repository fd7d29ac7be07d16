package dev.codexlsp.core.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A row of the table of keys.
///
/// @param path its keys; `*` stands for a name that the user chooses
/// @param type for people; a `table` or a `list` may hold anything that its reader accepts
/// @param absent what holds without it, for people
/// @param value the same as a plain object; null where nothing holds, or it depends
/// @param meaning one sentence
record ConfigKey(
    List<String> path,
    String type,
    String absent,
    @Nullable Object value,
    Scope scope,
    Use use,
    String meaning) {

  /// Who may set it.
  enum Scope {
    /// Everybody.
    ANYBODY,
    /// Everybody but a project's file.
    NO_PROJECT,
    /// The user and whoever looks after the machine, in files or on the command line: neither a
    /// project's file nor the editor's settings, which a project can bring along.
    USER
  }

  /// Whether we do what it says.
  enum Use {
    READ,
    /// We will, or the original does: it is accepted, so that one file serves both.
    ACCEPTED
  }

  String name() {
    return String.join(".", path).replace("*", "NAME");
  }

  /// Whether what lies below it is its reader's affair.
  boolean isOpen() {
    return type.startsWith("table") || type.startsWith("list");
  }
}
