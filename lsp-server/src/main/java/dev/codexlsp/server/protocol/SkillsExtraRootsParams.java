package dev.codexlsp.server.protocol;

import java.nio.file.Path;
import java.util.List;

/// Folders with further skills, in the place of those from before.
public record SkillsExtraRootsParams(List<Path> extraRoots) {
  /// Each of them is searched with every turn.
  private static final int MAX = 100;

  public SkillsExtraRootsParams {
    extraRoots = List.copyOf(extraRoots);
    if (extraRoots.size() > MAX || !extraRoots.stream().allMatch(Path::isAbsolute)) {
      throw new IllegalArgumentException("`extraRoots` must be at most 100 absolute paths");
    }
  }
}
