package dev.codexlsp.core.context;

import org.jspecify.annotations.Nullable;

/// One thing that a model is told about where it works. It is told once, and again when it has
/// changed; which of its own words in the history are the latest is known by how they begin.
public enum Section {
  /// What the user's configuration or the client says to the model. It begins with nothing of its
  /// own, so it is what a developer has said without a tag.
  DEVELOPER_INSTRUCTIONS(
      Role.DEVELOPER, "", "The developer instructions given earlier no longer apply."),
  SKILLS(
      Role.DEVELOPER,
      "<skills_instructions>",
      "<skills_instructions>\nThere are no skills any more.\n</skills_instructions>"),
  PERMISSIONS(Role.DEVELOPER, "<permissions instructions>", null),
  COLLABORATION_MODE(Role.DEVELOPER, "<collaboration_mode>", null),
  PROJECT_DOCS(
      Role.USER,
      "# AGENTS.md instructions",
      """
      # AGENTS.md instructions

      <INSTRUCTIONS>
      The AGENTS.md instructions given earlier no longer apply.
      </INSTRUCTIONS>\
      """),
  ENVIRONMENT(Role.USER, "<environment_context>", null);

  /// Who says it.
  public enum Role {
    DEVELOPER("developer"),
    USER("user");

    private final String word;

    Role(String word) {
      this.word = word;
    }

    /// As the Responses API spells it.
    public String word() {
      return word;
    }
  }

  private final Role role;
  private final String opening;
  private final @Nullable String gone;

  Section(Role role, String opening, @Nullable String gone) {
    this.role = role;
    this.opening = opening;
    this.gone = gone;
  }

  Role role() {
    return role;
  }

  /// What is said when there is nothing to say any more; null when the earlier words may stand.
  @Nullable String gone() {
    return gone;
  }

  /// What a part of a message is about; null when it is no context.
  public static @Nullable Section of(Role role, String text) {
    for (Section section : values()) {
      if (section.role == role && !section.opening.isEmpty() && text.startsWith(section.opening)) {
        return section;
      }
    }
    return role == Role.DEVELOPER && !text.startsWith("<") ? DEVELOPER_INSTRUCTIONS : null;
  }
}
