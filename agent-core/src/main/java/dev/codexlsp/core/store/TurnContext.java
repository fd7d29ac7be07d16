package dev.codexlsp.core.store;

import dev.codexlsp.core.approval.ApprovalPolicy;
import dev.codexlsp.core.thread.TurnId;
import dev.codexlsp.exec.sandbox.SandboxPolicy;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The settings a turn runs with. Who resumes the thread begins with the last ones.
///
/// @param contextWindow the tokens a request may fill; other lines tell it
public record TurnContext(
    TurnId turnId,
    Path cwd,
    ApprovalPolicy approvalPolicy,
    SandboxPolicy sandboxPolicy,
    String model,
    @Nullable String effort,
    long contextWindow)
    implements RolloutLine {}
