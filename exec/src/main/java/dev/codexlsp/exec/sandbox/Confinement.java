package dev.codexlsp.exec.sandbox;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a command, or an access to files on its behalf, is confined to in one place: a profile and
/// what its rules are about there.
///
/// @param directory of the command
/// @param workspaceRoots what the rules call the project roots; absolute
/// @param tmpdir what the command's `TMPDIR` names; null when it has none
/// @param alwaysProtected the home folder of the agent, its program files and caches: not writable
///   whatever the rules say, and an `auth.json` directly in one of them is not readable either
public record Confinement(
    PermissionProfile.Managed profile,
    Path directory,
    List<Path> workspaceRoots,
    @Nullable Path tmpdir,
    List<Path> alwaysProtected) {
  private static final String CREDENTIALS = "auth.json";

  public Confinement {
    workspaceRoots = List.copyOf(workspaceRoots);
    alwaysProtected = List.copyOf(alwaysProtected);
    List<Path> all = new ArrayList<>(workspaceRoots);
    all.addAll(alwaysProtected);
    all.add(directory);
    if (tmpdir != null) {
      all.add(tmpdir);
    }
    for (Path path : all) {
      if (!path.isAbsolute()) {
        throw new IllegalArgumentException("not an absolute path: " + path);
      }
    }
  }

  public boolean hasNetwork() {
    return switch (profile.network()) {
      case RESTRICTED -> false;
      case ENABLED -> true;
    };
  }

  /// The files that hold the credentials of the agent.
  List<Path> credentials() {
    return alwaysProtected.stream().map(path -> path.resolve(CREDENTIALS)).toList();
  }
}
