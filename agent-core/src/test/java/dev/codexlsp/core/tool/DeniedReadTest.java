package dev.codexlsp.core.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.core.approval.ApprovalPolicy;
import dev.codexlsp.exec.local.LocalBackend;
import dev.codexlsp.exec.sandbox.FileRule;
import dev.codexlsp.exec.sandbox.FileRule.Access;
import dev.codexlsp.exec.sandbox.PathPattern;
import dev.codexlsp.exec.sandbox.PermissionProfile;
import dev.codexlsp.exec.sandbox.PermissionProfile.Network;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tools that touch files themselves, under a profile that denies some of them to the model.
class DeniedReadTest {
  @TempDir Path folder;
  private final LocalBackend backend = new LocalBackend(Duration.ofMillis(200), Map.of());
  private final FakeTurn turn = new FakeTurn();

  @BeforeEach
  void deny() throws Exception {
    turn.limit(
        new PermissionProfile.Managed(
            List.of(
                new FileRule(new PathPattern.Root(), Access.READ),
                new FileRule(new PathPattern.ProjectRoots(null), Access.WRITE),
                new FileRule(new PathPattern.Glob("**/*.secret"), Access.NONE)),
            Network.RESTRICTED),
        ApprovalPolicy.NEVER);
    Files.writeString(folder.resolve("a.secret"), "GIF89a token\n");
    Files.createSymbolicLink(folder.resolve("link"), folder.resolve("a.secret"));
  }

  @AfterEach
  void close() {
    backend.close();
  }

  private String run(Tool tool, String input) throws Exception {
    ToolResult result =
        tool.run(
            new ToolCall("c1", "", tool.name(), input, tool instanceof ApplyPatchTool),
            turn.scope(FakeTurn.local(backend), folder.toRealPath()));
    return ((ToolOutput.Text) result.output()).text();
  }

  private String patch(String body) throws Exception {
    return run(new ApplyPatchTool(FakeTurn.CLOCK), "*** Begin Patch\n" + body + "*** End Patch\n");
  }

  @Test
  void aPictureIsNotShown() throws Exception {
    for (String name : List.of("a.secret", "link")) {
      assertThat(run(new ViewImageTool(FakeTurn.CLOCK), "{\"path\":\"" + name + "\"}"))
          .startsWith("unable to locate image at ")
          .doesNotContain("token");
    }
    assertThat(turn.events()).isEmpty();
  }

  @Test
  void aPatchSeesAndChangesNothing() throws Exception {
    for (String body :
        List.of(
            "*** Update File: a.secret\n@@\n-GIF89a toke\n+x\n",
            "*** Update File: link\n@@\n-GIF89a token\n+x\n",
            "*** Delete File: a.secret\n",
            "*** Add File: a.secret\n+x\n",
            "*** Add File: b.secret\n+x\n",
            "*** Add File: link\n+x\n")) {
      assertThat(patch(body)).contains("patch").doesNotContain("token").doesNotContain("Success");
    }
    assertThat(folder.resolve("a.secret")).hasContent("GIF89a token\n");
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("a.secret", "link");
    assertThat(turn.events().toString()).doesNotContain("token").doesNotContain("status=COMPLETED");
  }
}
