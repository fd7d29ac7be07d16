package dev.codexlsp.core.patch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a patch wants done to one file. Paths are as the model wrote them.
public sealed interface FileOperation {
  String path();

  /// Makes a file, or replaces the one that is there.
  record Add(String path, String content) implements FileOperation {}

  record Delete(String path) implements FileOperation {}

  /// Changes a file in some places, and may move it.
  ///
  /// @param moveTo where the file goes, if it moves
  /// @param chunks at least one
  record Update(String path, @Nullable String moveTo, List<Chunk> chunks) implements FileOperation {
    public Update {
      chunks = List.copyOf(chunks);
    }
  }
}
