package dev.codexlsp.core.skill;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A skill that can be used.
///
/// @param shortDescription for pickers
/// @param path of its `SKILL.md`, without links
/// @param root the folder it was found below
/// @param place where it lies below that folder, as it was found
/// @param enabled whether the model is told of it; who names it gets it all the same
public record Skill(
    String name,
    String description,
    @Nullable String shortDescription,
    Path path,
    Path root,
    Path place,
    Scope scope,
    boolean enabled) {

  /// Whose it is, in the order in which they are listed.
  public enum Scope {
    /// Of the project.
    REPO,
    USER,
    /// Comes with a program.
    SYSTEM,
    /// Of the machine.
    ADMIN
  }
}
