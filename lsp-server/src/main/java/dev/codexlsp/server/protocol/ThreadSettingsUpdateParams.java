package dev.codexlsp.server.protocol;

import com.google.gson.JsonElement;
import dev.codexlsp.core.approval.ApprovalPolicy;
import dev.codexlsp.core.approval.ApprovalsReviewer;
import dev.codexlsp.core.thread.Collaboration;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.exec.sandbox.SandboxPolicy;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Settings for the turns to come.
public record ThreadSettingsUpdateParams(
    ThreadId threadId,
    @Nullable String model,
    @Nullable Path cwd,
    @Nullable ApprovalPolicy approvalPolicy,
    @Nullable ApprovalsReviewer approvalsReviewer,
    @Nullable SandboxPolicy sandboxPolicy,
    @Nullable String permissions,
    @Nullable String effort,
    @Nullable ReasoningSummary summary,
    @Nullable JsonElement serviceTier,
    @Nullable List<TurnEnvironmentParams> environments,
    @Nullable Collaboration collaborationMode)
    implements SettingsWishes {
  public ThreadSettingsUpdateParams {
    SettingsWishes.requireTier(serviceTier);
    environments = environments == null ? null : List.copyOf(environments);
  }
}
