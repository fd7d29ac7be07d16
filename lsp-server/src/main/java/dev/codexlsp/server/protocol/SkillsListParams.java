package dev.codexlsp.server.protocol;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whose skills are wanted.
///
/// @param cwds folders; the workspace folders unless given
/// @param forceReload files are always looked at anew, so it says nothing here
public record SkillsListParams(@Nullable List<Path> cwds, boolean forceReload) {
  public SkillsListParams {
    cwds = cwds == null ? null : List.copyOf(cwds);
  }
}
