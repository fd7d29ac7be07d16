package dev.codexlsp.core.session;

import dev.codexlsp.core.approval.ApprovalPolicy;
import dev.codexlsp.core.approval.ApprovalsReviewer;
import dev.codexlsp.core.thread.Collaboration;
import dev.codexlsp.exec.sandbox.SandboxPolicy;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What the next turn of a thread will run with.
public record ThreadSettings(
    Path cwd,
    ApprovalPolicy approvalPolicy,
    ApprovalsReviewer approvalsReviewer,
    SandboxPolicy sandboxPolicy,
    String model,
    String modelProvider,
    @Nullable String serviceTier,
    @Nullable String effort,
    @Nullable String summary,
    Collaboration collaborationMode) {}
