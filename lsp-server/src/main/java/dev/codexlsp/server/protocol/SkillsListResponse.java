package dev.codexlsp.server.protocol;

import dev.codexlsp.core.skill.Skill;
import dev.codexlsp.core.skill.Skills;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The skills of each folder.
public record SkillsListResponse(List<Entry> data) {
  public SkillsListResponse {
    data = List.copyOf(data);
  }

  /// The skills of one folder.
  ///
  /// @param errors files that are of no use
  public record Entry(Path cwd, List<Metadata> skills, List<Skills.Broken> errors) {
    public Entry {
      skills = List.copyOf(skills);
      errors = List.copyOf(errors);
    }

    public static Entry of(Path cwd, Skills skills) {
      return new Entry(cwd, skills.all().stream().map(Metadata::of).toList(), skills.errors());
    }
  }

  /// A skill as clients of the original know it.
  public record Metadata(
      String name,
      String description,
      @Nullable String shortDescription,
      Path path,
      Skill.Scope scope,
      boolean enabled) {

    static Metadata of(Skill skill) {
      return new Metadata(
          skill.name(),
          skill.description(),
          skill.shortDescription(),
          skill.path(),
          skill.scope(),
          skill.enabled());
    }
  }
}
