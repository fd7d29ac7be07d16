package dev.codexlsp.core.config;

import dev.codexlsp.core.toml.TomlValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The folders of a project that may hold a configuration, and whether the user trusts them.
///
/// @param folders from the folder at hand up to the root of the project; without a root only the
///   folder itself
/// @param trusts what the user has said of folders, by their paths
record ProjectFolders(List<Path> folders, Map<String, Trust> trusts) {
  private static final int MAX_DEPTH = 64;

  /// @param base what is said without any project
  static ProjectFolders around(Path folder, TomlValue.Table base) {
    List<Path> folders = new ArrayList<>();
    List<String> markers = markers(base);
    for (Path at = folder; at != null && folders.size() < MAX_DEPTH; at = at.getParent()) {
      folders.add(at);
      // Unlike Files, this makes no exception for each file that is not there.
      Path here = at;
      if (markers.stream().anyMatch(marker -> here.resolve(marker).toFile().exists())) {
        return new ProjectFolders(List.copyOf(folders), trusts(base));
      }
    }
    return new ProjectFolders(List.of(folder), trusts(base));
  }

  private static List<String> markers(TomlValue.Table base) {
    TomlValue markers = base.entries().get("project_root_markers");
    return markers != null && markers.plain() instanceof List<?> names
        ? names.stream().map(String::valueOf).toList()
        : Config.Docs.DEFAULTS.rootMarkers();
  }

  private static Map<String, Trust> trusts(TomlValue.Table base) {
    if (!(base.entries().get("projects") instanceof TomlValue.Table projects)) {
      return Map.of();
    }
    Map<String, Trust> trusts = new HashMap<>();
    projects
        .entries()
        .forEach((path, project) -> {
          TomlValue level =
              project instanceof TomlValue.Table table ? table.entries().get("trust_level") : null;
          if (level != null) {
            trusts.put(path, level.plain().equals("trusted") ? Trust.TRUSTED : Trust.UNTRUSTED);
          }
        });
    return Map.copyOf(trusts);
  }

  /// In the project as a whole.
  Trust trust() {
    return trust(folders.getFirst());
  }

  /// What is said of the folder or else of the nearest one above it, within the project.
  Trust trust(Path folder) {
    if (trusts.isEmpty()) {
      return Trust.UNKNOWN;
    }
    for (Path at : folders.subList(folders.indexOf(folder), folders.size())) {
      Trust trust = trusts.get(at.toString());
      if (trust == null) {
        trust = trusts.get(String.valueOf(real(at)));
      }
      if (trust != null) {
        return trust;
      }
    }
    return Trust.UNKNOWN;
  }

  Path root() {
    return folders.getLast();
  }

  private static @Nullable Path real(Path folder) {
    try {
      return Files.exists(folder) ? folder.toRealPath() : null;
    } catch (IOException unreadable) {
      return null;
    }
  }
}
