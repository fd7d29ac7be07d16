package dev.codexlsp.exec.sandbox;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What was found on the disk that limits depend on.
///
/// @param kinds of every path that a rule names and of all folders above it; what is not in here is
///   not there
/// @param unreadable what is there and may not be read: credentials, and what matches a pattern
///   that denies
/// @param untouchable what is there, can be named under a writable root, and decides what others
///   run later, such as a git directory; or belongs to the agent itself
/// @param sockets of others, and folders that hold such, to be hidden from who has the network
public record PathFacts(
    Map<Path, Kind> kinds, List<Path> unreadable, List<Path> untouchable, List<Path> sockets) {
  public PathFacts {
    kinds = Map.copyOf(kinds);
    unreadable = List.copyOf(unreadable);
    untouchable = List.copyOf(untouchable);
    sockets = List.copyOf(sockets);
  }

  /// What is there by a name; links are not followed.
  public enum Kind {
    DIRECTORY,

    /// Anything that is not one of the others.
    FILE,

    LINK,
    MISSING,

    /// Missing, in a folder where this user can make nothing.
    UNMAKEABLE
  }

  Kind kind(Path path) {
    return kinds.getOrDefault(path, Kind.MISSING);
  }
}
