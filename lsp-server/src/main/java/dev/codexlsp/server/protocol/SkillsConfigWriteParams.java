package dev.codexlsp.server.protocol;

import dev.codexlsp.core.config.SkillSwitches;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A skill that shall be on or off.
///
/// @param path of its `SKILL.md`; that or the name
public record SkillsConfigWriteParams(@Nullable Path path, @Nullable String name, boolean enabled) {
  public SkillsConfigWriteParams {
    if ((path == null) == (name == null)) {
      throw new IllegalArgumentException(
          "skills/config/write requires exactly one of path or name");
    }
  }

  public SkillSwitches.Choice choice() {
    return new SkillSwitches.Choice(path, name);
  }
}
