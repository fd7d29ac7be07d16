package dev.codexlsp.core.session;

import dev.codexlsp.core.approval.ApprovalPolicy;
import dev.codexlsp.core.approval.ApprovalsReviewer;
import dev.codexlsp.core.thread.ThreadSnapshot;
import dev.codexlsp.exec.sandbox.SandboxPolicy;
import org.jspecify.annotations.Nullable;

/// What a client learns when it opens a thread.
public record OpenedThread(
    ThreadSnapshot thread,
    ApprovalPolicy approvalPolicy,
    ApprovalsReviewer approvalsReviewer,
    SandboxPolicy sandbox,
    @Nullable String effort) {

  OpenedThread with(ThreadSnapshot now) {
    return new OpenedThread(now, approvalPolicy, approvalsReviewer, sandbox, effort);
  }
}
