package dev.codexlsp.core.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.core.thread.CollaborationMode;
import dev.codexlsp.exec.sandbox.PermissionProfile;
import dev.codexlsp.exec.sandbox.SandboxPolicy;
import dev.codexlsp.exec.sandbox.SandboxProfiles;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EnvironmentContextTest {
  private static String render(String cwd, @Nullable String shell, PermissionProfile permissions) {
    return new EnvironmentContext(
            Path.of(cwd), shell, LocalDate.of(2026, 1, 2), ZoneId.of("Europe/Vienna"), permissions)
        .render();
  }

  @Test
  void thePlaceIsDescribedInTheFormOfTheOriginal() {
    assertThat(render("/w", "bash", SandboxProfiles.of(new SandboxPolicy.ReadOnly(false))))
        .isEqualTo(
            """
            <environment_context>
              <cwd>/w</cwd>
              <shell>bash</shell>
              <current_date>2026-01-02</current_date>
              <timezone>Europe/Vienna</timezone>
              <filesystem><workspace_roots><root>/w</root></workspace_roots>\
            <permission_profile type="managed"><file_system type="restricted">\
            <entry access="read"><special>:root</special></entry>\
            </file_system></permission_profile></filesystem>
            </environment_context>\
            """);
  }

  @Test
  void everyRuleIsAnEntry() {
    String text =
        render(
            "/w",
            "bash",
            SandboxProfiles.of(
                new SandboxPolicy.WorkspaceWrite(List.of(Path.of("/o")), true, false, false)));
    assertThat(text)
        .contains(
            "<entry access=\"read\"><special>:root</special></entry>"
                + "<entry access=\"write\"><path>/w</path></entry>"
                + "<entry access=\"write\"><special>:slash_tmp</special></entry>"
                + "<entry access=\"write\"><special>:tmpdir</special></entry>"
                + "<entry access=\"read\"><path>/w/.git</path></entry>")
        .contains("<entry access=\"write\"><path>/o</path></entry>");
  }

  @Test
  void withoutLimitsThereAreNoEntriesAndNothingReadsAsMarkup() {
    assertThat(render("/w/<a>&b\n", null, new PermissionProfile.Disabled()))
        .contains("<cwd>/w/&lt;a&gt;&amp;b&#10;</cwd>\n  <current_date>")
        .contains(
            "<permission_profile type=\"disabled\"><file_system type=\"unrestricted\" />"
                + "</permission_profile>");
  }

  @Test
  void theBaseInstructionsNameTheToolAndStayShort() {
    assertThat(BaseInstructions.TEXT).contains("exec_command", "justification", "path:line");
    assertThat(BaseInstructions.TEXT.length()).isLessThan(2_500);
  }

  @Test
  void eachModeEndsTheOther() {
    assertThat(ModeText.of(CollaborationMode.PLAN, null))
        .contains("Plan mode", "request_user_input");
    assertThat(ModeText.of(CollaborationMode.DEFAULT, null)).contains("no longer holds");
  }
}
