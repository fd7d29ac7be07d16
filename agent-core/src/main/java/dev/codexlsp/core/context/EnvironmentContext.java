package dev.codexlsp.core.context;

import static dev.codexlsp.core.context.Markup.escape;

import dev.codexlsp.exec.sandbox.FileRule;
import dev.codexlsp.exec.sandbox.PathPattern;
import dev.codexlsp.exec.sandbox.PermissionProfile;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// Where a model works: the message `<environment_context>`.
///
/// @param shell the base name of the user's shell; null when it is not known
public record EnvironmentContext(
    Path cwd, @Nullable String shell, LocalDate date, ZoneId zone, PermissionProfile permissions) {

  public String render() {
    return """
    <environment_context>
      <cwd>%s</cwd>
    %s  <current_date>%s</current_date>
      <timezone>%s</timezone>
      <filesystem><workspace_roots><root>%s</root></workspace_roots>%s</filesystem>
    </environment_context>\
    """
        .formatted(path(cwd), shellLine(), date, zone, path(cwd), profile());
  }

  private String shellLine() {
    return shell == null ? "" : "  <shell>" + escape(shell) + "</shell>\n";
  }

  private static String path(Path path) {
    return escape(path.toString());
  }

  private String profile() {
    return switch (permissions) {
      case PermissionProfile.Disabled() -> unrestricted("disabled");
      case PermissionProfile.External() -> unrestricted("external");
      case PermissionProfile.Managed managed -> managed(managed);
    };
  }

  private static String unrestricted(String type) {
    return "<permission_profile type=\""
        + type
        + "\"><file_system type=\"unrestricted\" /></permission_profile>";
  }

  private String managed(PermissionProfile.Managed managed) {
    StringBuilder text =
        new StringBuilder("<permission_profile type=\"managed\"><file_system type=\"restricted\">");
    for (FileRule rule : managed.rules()) {
      text.append("<entry access=\"")
          .append(access(rule.access()))
          .append("\">")
          .append(place(rule.path()))
          .append("</entry>");
    }
    return text.append("</file_system></permission_profile>").toString();
  }

  private static String access(FileRule.Access access) {
    return switch (access) {
      case READ -> "read";
      case WRITE -> "write";
      case NONE -> "none";
    };
  }

  private String place(PathPattern pattern) {
    return switch (pattern) {
      case PathPattern.Root() -> special("root");
      case PathPattern.Minimal() -> special("minimal");
      case PathPattern.SlashTmp() -> special("slash_tmp");
      case PathPattern.Tmpdir() -> special("tmpdir");
      case PathPattern.ProjectRoots(Path below) ->
          "<path>" + path(below == null ? cwd : cwd.resolve(below)) + "</path>";
      case PathPattern.Literal(Path literal) -> "<path>" + path(literal) + "</path>";
      case PathPattern.Glob(String glob) -> "<glob>" + escape(glob) + "</glob>";
    };
  }

  private static String special(String name) {
    return "<special>:" + name + "</special>";
  }
}
