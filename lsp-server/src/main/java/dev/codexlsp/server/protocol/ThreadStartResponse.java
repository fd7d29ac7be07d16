package dev.codexlsp.server.protocol;

import dev.codexlsp.core.approval.ApprovalPolicy;
import dev.codexlsp.core.approval.ApprovalsReviewer;
import dev.codexlsp.core.session.OpenedThread;
import dev.codexlsp.core.thread.ThreadSnapshot;
import dev.codexlsp.exec.sandbox.SandboxPolicy;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A new thread, and the settings it begins with.
public record ThreadStartResponse(
    ThreadSnapshot thread,
    String model,
    String modelProvider,
    @Nullable String serviceTier,
    Path cwd,
    List<Path> runtimeWorkspaceRoots,
    List<Path> instructionSources,
    ApprovalPolicy approvalPolicy,
    ApprovalsReviewer approvalsReviewer,
    SandboxPolicy sandbox,
    @Nullable String reasoningEffort) {

  public static ThreadStartResponse of(OpenedThread opened) {
    ThreadSnapshot thread = opened.thread();
    return new ThreadStartResponse(
        thread,
        thread.model(),
        thread.modelProvider(),
        null,
        thread.cwd(),
        List.of(thread.cwd()),
        opened.instructionSources(),
        opened.approvalPolicy(),
        opened.approvalsReviewer(),
        opened.sandbox(),
        opened.effort());
  }
}
