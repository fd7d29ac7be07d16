package dev.codexlsp.core.session;

import dev.codexlsp.core.approval.ApprovalPolicy;
import dev.codexlsp.core.approval.ApprovalsReviewer;
import dev.codexlsp.core.thread.ThreadSnapshot;
import dev.codexlsp.exec.sandbox.SandboxPolicy;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a client learns when it opens a thread.
///
/// @param instructionSources the `AGENTS.md` files that its first turn reads, as far as they are
///   known
public record OpenedThread(
    ThreadSnapshot thread,
    ApprovalPolicy approvalPolicy,
    ApprovalsReviewer approvalsReviewer,
    SandboxPolicy sandbox,
    @Nullable String effort,
    List<Path> instructionSources) {
  public OpenedThread {
    instructionSources = List.copyOf(instructionSources);
  }

  OpenedThread with(ThreadSnapshot now) {
    return new OpenedThread(
        now, approvalPolicy, approvalsReviewer, sandbox, effort, instructionSources);
  }
}
