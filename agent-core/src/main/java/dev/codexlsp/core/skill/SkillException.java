package dev.codexlsp.core.skill;

/// A `SKILL.md` that is of no use. The message says why, for its author.
final class SkillException extends Exception {
  private static final long serialVersionUID = 1;

  SkillException(String message) {
    super(message);
  }
}
