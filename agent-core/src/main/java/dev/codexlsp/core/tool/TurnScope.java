package dev.codexlsp.core.tool;

import dev.codexlsp.core.approval.ApprovalPolicy;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.thread.TurnId;
import dev.codexlsp.exec.sandbox.SandboxPolicy;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What holds for every call of one turn.
///
/// @param environment where commands run; null for nowhere
/// @param child the environment commands get there
/// @param commandTimeout how long a command may run
public record TurnScope(
    ThreadId threadId,
    TurnId turnId,
    Path cwd,
    ApprovalPolicy approvalPolicy,
    SandboxPolicy sandbox,
    @Nullable ExecEnvironment environment,
    ChildEnvironment child,
    Duration commandTimeout,
    ToolGate gate,
    TurnIo io) {}
