package dev.codexlsp.core.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.core.approval.Answer;
import dev.codexlsp.core.approval.ApprovalPolicy;
import dev.codexlsp.core.approval.ApprovalRequest;
import dev.codexlsp.core.approval.Decision;
import dev.codexlsp.exec.ExecBackend;
import dev.codexlsp.exec.ExecException;
import dev.codexlsp.exec.ExecProcess;
import dev.codexlsp.exec.FileSystem;
import dev.codexlsp.exec.ProcessSpec;
import dev.codexlsp.exec.Surroundings;
import dev.codexlsp.exec.local.LocalBackend;
import dev.codexlsp.exec.sandbox.Confinement;
import dev.codexlsp.exec.sandbox.PermissionProfile;
import dev.codexlsp.exec.sandbox.SandboxPolicy;
import dev.codexlsp.exec.sandbox.SandboxProfiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A patch in a place whose own limits are narrower than what was judged here.
class PatchRunTest {
  private static final PermissionProfile WORKSPACE =
      SandboxProfiles.of(new SandboxPolicy.WorkspaceWrite(List.of(), false, false, false));
  private static final PermissionProfile.Managed READ_ONLY =
      (PermissionProfile.Managed) SandboxProfiles.of(new SandboxPolicy.ReadOnly(false));

  @TempDir Path folder;
  private final LocalBackend here = new LocalBackend(Duration.ofMillis(300), Map.of());
  private final FakeTurn turn = new FakeTurn();

  @AfterEach
  void close() {
    here.close();
  }

  /// Another place, on this machine, that lets nobody write who is confined at all.
  private record Strict(LocalBackend here) implements ExecBackend {
    @Override
    public ExecProcess start(ProcessSpec spec) throws ExecException, InterruptedException {
      return here.start(spec);
    }

    @Override
    public FileSystem files() {
      return here.files();
    }

    @Override
    public FileSystem files(@Nullable Confinement sandbox) {
      return sandbox == null
          ? here.files()
          : here.files(
              new Confinement(
                  READ_ONLY, sandbox.directory(), sandbox.workspaceRoots(), null, List.of()));
    }

    @Override
    public Surroundings surroundings() {
      return here.surroundings();
    }

    @Override
    public void close() {}
  }

  private String apply(ApprovalPolicy policy, Decision decision) throws Exception {
    turn.limit(WORKSPACE, policy);
    turn.answerWith(new Answer.Decided(decision));
    TurnScope scope =
        turn.scope(new ExecEnvironment.Remote("devbox", new Strict(here)), folder.toRealPath());
    ToolResult result =
        new ApplyPatchTool(FakeTurn.CLOCK)
            .run(
                new ToolCall(
                    "c1",
                    "",
                    "apply_patch",
                    "*** Begin Patch\n*** Add File: a.txt\n+one\n*** End Patch\n",
                    true),
                scope);
    return ((ToolOutput.Text) result.output()).text();
  }

  @Test
  void whatThePlaceRefusesIsAskedAboutAndThenWrittenWithoutASandbox() throws Exception {
    assertThat(apply(ApprovalPolicy.ON_REQUEST, new Decision.Accept())).contains("A a.txt");
    assertThat(folder.resolve("a.txt")).hasContent("one\n");
    assertThat(turn.questions())
        .singleElement()
        .isInstanceOfSatisfying(
            ApprovalRequest.FileChange.class,
            asked -> assertThat(asked.reason()).startsWith("the sandbox refuses it: "));
  }

  @Test
  void declinedItIsNotWritten() throws Exception {
    assertThat(apply(ApprovalPolicy.ON_REQUEST, new Decision.Decline()))
        .isEqualTo("patch rejected by user");
    assertThat(folder.resolve("a.txt")).doesNotExist();
  }

  @Test
  void whereNobodyIsAskedTheModelHearsOfTheRefusal() throws Exception {
    assertThat(apply(ApprovalPolicy.NEVER, new Decision.Accept()))
        .startsWith("apply_patch failed:");
    assertThat(turn.questions()).isEmpty();
    assertThat(folder.resolve("a.txt")).doesNotExist();
  }
}
