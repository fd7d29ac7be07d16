package dev.codexlsp.server.protocol;

import dev.codexlsp.core.config.SkillSwitches;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A skill that shall be on or off.
///
/// @param path of its `SKILL.md`; that or the name
public record SkillsConfigWriteParams(@Nullable Path path, @Nullable String name, boolean enabled) {
  public SkillsConfigWriteParams {
    // Refuses both and neither, while the request is read.
    var _ = new SkillSwitches.Choice(path, name);
  }

  public SkillSwitches.Choice choice() {
    return new SkillSwitches.Choice(path, name);
  }
}
