package dev.codexlsp.core.skill;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The skills of a folder at one moment.
///
/// @param errors files that are of no use
public record Skills(List<Skill> all, List<Broken> errors) {
  public static final Skills NONE = new Skills(List.of(), List.of());

  public Skills {
    all = List.copyOf(all);
    errors = List.copyOf(errors);
  }

  /// A `SKILL.md` that cannot be used, and why.
  public record Broken(Path path, String message) {}

  /// Those that the model is told of.
  public List<Skill> enabled() {
    return all.stream().filter(Skill::enabled).toList();
  }

  /// The one of a name; null when there is none, or when nobody knows which is meant.
  public @Nullable Skill named(String name) {
    List<Skill> found = all.stream().filter(skill -> skill.name().equals(name)).toList();
    if (found.size() > 1) {
      List<Skill> left = found.stream().filter(Skill::enabled).toList();
      return left.size() == 1 ? left.getFirst() : null;
    }
    return found.isEmpty() ? null : found.getFirst();
  }

  /// The one whose file this is; null for none.
  public @Nullable Skill at(Path path) {
    return all.stream()
        .filter(skill ->
            Stream.of(skill.path(), skill.root().resolve(skill.place())).anyMatch(path::equals))
        .findFirst()
        .orElse(null);
  }
}
