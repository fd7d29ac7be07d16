package dev.codexlsp.core.patch;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Holds a patch against the files, all or nothing. Confined to one call.
public final class PatchPlanner {
  private final Path directory;
  private final SourceFiles files;
  private final Map<Path, FileChange> changes = new HashMap<>();
  private final Set<Path> moveTargets = new HashSet<>();

  private PatchPlanner(Path directory, SourceFiles files) {
    this.directory = directory;
    this.files = files;
  }

  /// What the patch changes, or why it does not fit. Nothing is written.
  ///
  /// @param directory what relative paths are relative to
  public static PlanResult plan(Patch patch, Path directory, SourceFiles files)
      throws InterruptedException {
    PatchPlanner planner = new PatchPlanner(directory, files);
    try {
      for (FileOperation operation : patch.operations()) {
        planner.plan(operation);
      }
    } catch (PatchException e) {
      return new PlanResult.Refused(e.reason());
    }
    return new PlanResult.Planned(
        planner.changes.values().stream().sorted(Comparator.comparing(FileChange::path)).toList());
  }

  private void plan(FileOperation operation) throws PatchException, InterruptedException {
    Path path = resolve(operation.path());
    FileChange change =
        switch (operation) {
          case FileOperation.Add add ->
              new FileChange.Added(claim(path), replaced(path), add.content());
          case FileOperation.Delete _ -> delete(claim(path));
          case FileOperation.Update update -> update(path, update);
        };
    changes.put(path, change);
  }

  private FileChange delete(Path path) throws PatchException, InterruptedException {
    return switch (files.read(path)) {
      case SourceFile.Text text -> new FileChange.Deleted(path, text.content());
      case SourceFile.Opaque opaque -> throw cannotDelete(path, opaque.reason());
      case SourceFile.Missing _ -> throw cannotDelete(path, "no such file");
      case SourceFile.Unreadable unreadable -> throw cannotDelete(path, unreadable.reason());
    };
  }

  private FileChange update(Path path, FileOperation.Update update)
      throws PatchException, InterruptedException {
    // Models like to spread the changes of one file over several updates.
    if (changes.get(path) instanceof FileChange.Updated earlier && earlier.move() == null) {
      return update(path, update, earlier.before(), earlier.after());
    }
    return switch (files.read(claim(path))) {
      case SourceFile.Text text -> update(path, update, text.content(), text.content());
      case SourceFile.Opaque opaque -> throw cannotRead(path, opaque.reason());
      case SourceFile.Missing _ -> throw cannotRead(path, "no such file");
      case SourceFile.Unreadable unreadable -> throw cannotRead(path, unreadable.reason());
    };
  }

  /// @param before what the file holds
  /// @param current what it holds after earlier updates of the same patch
  private FileChange update(Path path, FileOperation.Update update, String before, String current)
      throws PatchException, InterruptedException {
    String after = FileUpdate.apply(path, current, update.chunks());
    FileChange.Move move = null;
    if (update.moveTo() != null && !resolve(update.moveTo()).equals(path)) {
      Path target = claim(resolve(update.moveTo()));
      moveTargets.add(target);
      move = new FileChange.Move(target, replaced(target));
    }
    return new FileChange.Updated(path, move, before, after);
  }

  private @Nullable String replaced(Path path) throws PatchException, InterruptedException {
    return switch (files.read(path)) {
      case SourceFile.Text text -> text.content();
      case SourceFile.Opaque _, SourceFile.Missing _ -> null;
      case SourceFile.Unreadable unreadable ->
          throw new PatchException("Failed to write file " + path + ": " + unreadable.reason());
    };
  }

  /// Keeps two operations off the same path: what the result would be is the order of writing.
  private Path claim(Path path) throws PatchException {
    if (changes.containsKey(path) || moveTargets.contains(path)) {
      throw new PatchException("invalid patch: multiple operations target " + path);
    }
    return path;
  }

  private Path resolve(String path) throws PatchException {
    try {
      return directory.resolve(path).normalize();
    } catch (InvalidPathException e) {
      throw new PatchException("invalid patch: not a path: '" + e.getInput() + "'");
    }
  }

  private static PatchException cannotDelete(Path path, String reason) {
    return new PatchException("Failed to delete file " + path + ": " + reason);
  }

  private static PatchException cannotRead(Path path, String reason) {
    return new PatchException("Failed to read file to update " + path + ": " + reason);
  }
}
