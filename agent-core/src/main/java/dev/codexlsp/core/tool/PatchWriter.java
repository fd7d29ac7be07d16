package dev.codexlsp.core.tool;

import dev.codexlsp.core.patch.FileChange;
import dev.codexlsp.core.patch.SourceFile;
import dev.codexlsp.exec.FileException;
import dev.codexlsp.exec.FileSystem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes what a patch changes: all of it, or nothing as far as what has been written can be taken
/// back. Files are written in place, so they keep their mode, their owner and their links. Confined
/// to one call.
final class PatchWriter {
  private static final System.Logger LOG = System.getLogger(PatchWriter.class.getName());

  private final FileSystem files;
  private final PatchFiles sources;
  private final Deque<Undo> done = new ArrayDeque<>();

  private interface Undo {
    void run() throws FileException, InterruptedException;
  }

  /// @param files where it is written, perhaps confined
  /// @param sources what the patch was held against
  PatchWriter(FileSystem files, PatchFiles sources) {
    this.files = files;
    this.sources = sources;
  }

  /// Whether all that the patch was held against is still so: a question may take a human long.
  boolean isUnchanged(List<FileChange> changes, FileSystem unconfined) throws InterruptedException {
    PatchFiles now = new PatchFiles(unconfined);
    for (FileChange change : changes) {
      String before =
          switch (change) {
            case FileChange.Added added -> added.replaced();
            case FileChange.Deleted deleted -> deleted.content();
            case FileChange.Updated updated -> updated.before();
          };
      SourceFile file = now.read(change.path());
      boolean isSame =
          switch (file) {
            case SourceFile.Text(String content) -> content.equals(before);
            case SourceFile.Missing(), SourceFile.Opaque _ -> before == null;
            case SourceFile.Unreadable _ -> false;
          };
      if (!isSame || !now.realPath(change.path()).equals(sources.realPath(change.path()))) {
        return false;
      }
    }
    return true;
  }

  void write(List<FileChange> changes) throws FileException, InterruptedException {
    try {
      for (FileChange change : changes) {
        write(change);
      }
    } catch (FileException | InterruptedException failure) {
      takeBack();
      throw failure;
    }
  }

  private void write(FileChange change) throws FileException, InterruptedException {
    Path path = sources.realPath(change.path());
    switch (change) {
      case FileChange.Added added -> put(path, added.content());
      case FileChange.Deleted _ -> remove(change.path());
      case FileChange.Updated updated -> {
        FileChange.Move move = updated.move();
        if (move == null) {
          put(path, updated.after());
        } else {
          move(change.path(), sources.realPath(move.target()), updated.after());
        }
      }
    }
  }

  private void put(Path path, String content) throws FileException, InterruptedException {
    ByteBuffer before = bytesOf(path);
    Path folder = path.getParent();
    if (before == null && folder != null) {
      files.createDirectory(folder, true);
      // A link that leads nowhere would be written through, to a place that nobody has judged.
      files.remove(path, false, true);
    }
    done.push(() -> {
      if (before == null) {
        files.remove(path, false, true);
      } else {
        files.write(path, before);
      }
    });
    files.write(path, ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)));
  }

  /// A copy keeps the mode.
  private void move(Path source, Path target, String content)
      throws FileException, InterruptedException {
    if (bytesOf(target) == null) {
      Path folder = target.getParent();
      if (folder != null) {
        files.createDirectory(folder, true);
      }
      done.push(() -> files.remove(target, false, true));
      files.copy(sources.realPath(source), target, false);
    }
    put(target, content);
    remove(source);
  }

  /// If it is taken back, a link comes back as a file that holds what it has led to.
  private void remove(Path path) throws FileException, InterruptedException {
    ByteBuffer before = bytesOf(sources.realPath(path));
    Path name = sources.namePath(path);
    files.remove(name, false, false);
    if (before != null) {
      done.push(() -> files.write(name, before));
    }
  }

  /// Null when there is nothing.
  private @Nullable ByteBuffer bytesOf(Path path) throws FileException, InterruptedException {
    try {
      return files.read(path);
    } catch (FileException missing) {
      if (missing.kind() == FileException.Kind.NOT_FOUND) {
        return null;
      }
      throw missing;
    }
  }

  /// An interrupt must not leave half a patch behind.
  private void takeBack() {
    boolean interrupted = Thread.interrupted();
    while (!done.isEmpty()) {
      try {
        done.pop().run();
      } catch (FileException failure) {
        LOG.log(System.Logger.Level.ERROR, "a part of a failed patch stays", failure);
      } catch (InterruptedException again) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
