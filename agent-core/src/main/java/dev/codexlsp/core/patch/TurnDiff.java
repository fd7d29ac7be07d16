package dev.codexlsp.core.patch;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What the patches of one turn have changed together, as git would show it. Owned by the turn's
/// thread; it holds two texts for each file that the turn touched, and ends with the turn.
public final class TurnDiff {
  private final Path root;
  private final TreeMap<Path, Versions> files = new TreeMap<>();

  /// Where a file that moved in this turn was at its start, by where it is now.
  private final Map<Path, Path> origins = new HashMap<>();

  /// What has been written of a file, until it changes again.
  private final Map<Path, String> sections = new HashMap<>();

  /// A file at the start of the turn and now; null where there is none.
  private record Versions(@Nullable String before, @Nullable String after) {}

  /// @param root what paths are shown relative to; the ones outside are shown whole
  public TurnDiff(Path root) {
    this.root = root;
  }

  /// Takes in what has just been written.
  public void apply(List<FileChange> changes) {
    for (FileChange change : changes) {
      switch (change) {
        case FileChange.Added added -> {
          origins.remove(added.path());
          set(added.path(), added.replaced(), added.content());
        }
        case FileChange.Deleted deleted -> {
          origins.remove(deleted.path());
          set(deleted.path(), deleted.content(), null);
        }
        case FileChange.Updated updated -> {
          if (updated.move() == null) {
            set(updated.path(), updated.before(), updated.after());
          } else {
            move(updated, updated.move());
          }
        }
      }
    }
  }

  /// The whole diff; empty once everything is as it was.
  public String text() {
    Set<Path> left = new HashSet<>();
    origins.forEach((path, origin) -> {
      if (isPair(origin, path)) {
        left.add(origin);
      }
    });
    StringBuilder text = new StringBuilder();
    for (Path path : files.keySet()) {
      Path origin = origins.get(path);
      if (origin != null && isPair(origin, path)) {
        text.append(sections.computeIfAbsent(path, _ -> section(origin, path)));
      } else if (!left.contains(path)) {
        text.append(sections.computeIfAbsent(path, _ -> section(path, path)));
      }
    }
    return text.toString();
  }

  private void move(FileChange.Updated updated, FileChange.Move move) {
    Path origin = origins.getOrDefault(updated.path(), updated.path());
    origins.remove(updated.path());
    set(updated.path(), updated.before(), null);
    set(move.target(), move.replaced(), updated.after());
    // Only the last of several files can be the one that was there at the start.
    origins.values().remove(origin);
    origins.remove(move.target());
    if (!origin.equals(move.target())) {
      origins.put(move.target(), origin);
    }
  }

  private void set(Path path, @Nullable String before, @Nullable String after) {
    Versions known = files.get(path);
    files.put(path, new Versions(known == null ? before : known.before, after));
    sections.remove(path);
    origins.forEach((target, origin) -> {
      if (origin.equals(path)) {
        sections.remove(target);
      }
    });
  }

  /// Whether a move is shown as one: the old path was a file and is none, the new one the reverse.
  private boolean isPair(Path origin, Path path) {
    return before(origin) != null && after(origin) == null && before(path) == null;
  }

  private @Nullable String before(Path path) {
    Versions versions = files.get(path);
    return versions == null ? null : versions.before;
  }

  private @Nullable String after(Path path) {
    Versions versions = files.get(path);
    return versions == null ? null : versions.after;
  }

  private String section(Path oldPath, Path path) {
    String before = before(oldPath);
    String after = after(path);
    return oldPath.equals(path) && Objects.equals(before, after)
        ? ""
        : GitSection.of(name(oldPath), name(path), before, after);
  }

  private String name(Path path) {
    Path shown = path.startsWith(root) ? root.relativize(path) : path;
    return shown.toString().replace('\\', '/');
  }
}
