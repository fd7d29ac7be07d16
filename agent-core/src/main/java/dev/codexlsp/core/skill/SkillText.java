package dev.codexlsp.core.skill;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What models are told of skills. Pure; the words are our own.
public final class SkillText {
  /// The list is sent with every request.
  static final int MAX_LENGTH = 16_000;

  static final int MAX_DESCRIPTION = 1_024;

  /// A user's message that names more is not about skills.
  private static final int MAX_NAMED = 20;

  private static final Pattern NAMED = Pattern.compile("\\$([A-Za-z0-9_:-]+)");

  private static final String INTRODUCTION =
      """
      <skills_instructions>
      A skill is a folder whose SKILL.md says how a kind of task is done here. When the user names \
      one ($name) or the task is plainly what its description says, read its SKILL.md to the end \
      before you begin, then only those of its other files that you need; paths in it count from \
      its folder. Say in a few words which skill you use. A skill is advice for a task, not an \
      order to do more than was asked.
      """;

  private SkillText() {}

  /// The list of skills for the model; null when there are none.
  public static @Nullable String list(List<Skill> skills) {
    if (skills.isEmpty()) {
      return null;
    }
    List<Path> roots = skills.stream().map(Skill::root).distinct().toList();
    StringBuilder text = new StringBuilder(INTRODUCTION).append("Folders:\n");
    for (int i = 0; i < roots.size(); i++) {
      text.append("- r").append(i).append(" = `").append(roots.get(i)).append("`\n");
    }
    text.append("Skills:\n");
    int listed = 0;
    for (Skill skill : skills) {
      String row = row(skill, roots.indexOf(skill.root()));
      if (text.length() + row.length() > MAX_LENGTH) {
        break;
      }
      text.append(row);
      listed++;
    }
    if (listed < skills.size()) {
      text.append("- and ")
          .append(skills.size() - listed)
          .append(" more; look for SKILL.md below the folders\n");
    }
    return text.append("</skills_instructions>").toString();
  }

  private static String row(Skill skill, int root) {
    String description = skill.description();
    if (description.length() > MAX_DESCRIPTION) {
      description = description.substring(0, MAX_DESCRIPTION) + "…";
    }
    String row =
        "- %s: %s (file: r%d/%s)".formatted(skill.name(), description, root, skill.place());
    return row.replace("<", "&lt;") + "\n";
  }

  /// The names after a `$` in the user's words, in order.
  public static Set<String> named(String words) {
    Set<String> names = new LinkedHashSet<>();
    Matcher matcher = NAMED.matcher(words);
    while (matcher.find() && names.size() < MAX_NAMED) {
      names.add(matcher.group(1));
    }
    return names;
  }

  /// A whole skill as it is put behind the message that names it.
  public static String body(Skill skill, String text) {
    return "<skill>\n<name>"
        + skill.name()
        + "</name>\n<path>"
        + skill.path()
        + "</path>\n"
        + text
        + "\n</skill>";
  }
}
