package dev.codexlsp.core.tool;

import dev.codexlsp.core.patch.FileChange;
import dev.codexlsp.core.patch.TurnDiff;
import dev.codexlsp.exec.FileException;
import dev.codexlsp.exec.FileSystem;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What the patches of one turn have changed together. The calls of the turn share it.
public final class TurnChanges {
  private final Path cwd;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock: made with the first patch.
  private @Nullable TurnDiff diff;

  /// @param cwd of the turn
  public TurnChanges(Path cwd) {
    this.cwd = cwd;
  }

  /// Takes in what has just been written; the whole diff of the turn.
  String apply(List<FileChange> changes, FileSystem files) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      TurnDiff sum = diff;
      if (sum == null) {
        sum = new TurnDiff(root(files));
        diff = sum;
      }
      sum.apply(changes);
      return sum.text();
    } finally {
      lock.unlock();
    }
  }

  /// The repository that the turn works in, or else its folder.
  private Path root(FileSystem files) throws InterruptedException {
    for (Path folder = cwd; folder != null; folder = folder.getParent()) {
      try {
        files.metadata(folder.resolve(".git"));
        return folder;
      } catch (FileException none) {
        // One further up.
      }
    }
    return cwd;
  }
}
