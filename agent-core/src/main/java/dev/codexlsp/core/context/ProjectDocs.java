package dev.codexlsp.core.context;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What `AGENTS.md` files say: the one of the user, and those of the project from its root down.
///
/// @param cwd the folder that they are for
public record ProjectDocs(Path cwd, @Nullable Doc global, List<Doc> project) {
  private static final String HEADING = "# AGENTS.md instructions";
  private static final String SEPARATOR = "\n\n--- project-doc ---\n\n";
  private static final String OPENING = "\n\n<INSTRUCTIONS>\n";
  private static final String REPLACING =
      "These AGENTS.md instructions take the place of all that were given earlier.\n\n";

  public ProjectDocs {
    project = List.copyOf(project);
  }

  /// One file.
  public record Doc(Path source, String text) {}

  /// The files, in the order in which they are read.
  public List<Path> sources() {
    return Stream.concat(Stream.ofNullable(global), project.stream()).map(Doc::source).toList();
  }

  /// The message; null when there are none.
  public @Nullable String render() {
    if (global == null && project.isEmpty()) {
      return null;
    }
    String first = global == null ? "" : global.text().strip();
    String rest = project.stream().map(Doc::text).collect(Collectors.joining("\n\n"));
    String between = first.isEmpty() || rest.isEmpty() ? "" : SEPARATOR;
    return HEADING + " for " + cwd + OPENING + first + between + rest + "\n</INSTRUCTIONS>";
  }

  /// Whether a message holds the instructions for the folder.
  public static boolean isFor(String message, Path cwd) {
    return message.startsWith(HEADING + " for " + cwd + OPENING);
  }

  /// The message for a model that has been told others before.
  static String replacing(String message) {
    return message.replaceFirst("\n\n<INSTRUCTIONS>\n", OPENING + REPLACING);
  }
}
