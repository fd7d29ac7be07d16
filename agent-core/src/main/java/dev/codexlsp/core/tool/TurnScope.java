package dev.codexlsp.core.tool;

import dev.codexlsp.core.approval.ApprovalPolicy;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.thread.TurnId;
import dev.codexlsp.exec.sandbox.SandboxPolicy;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What holds for every call of one turn.
///
/// @param environment where commands run; null for nowhere
/// @param child the environment commands get there
/// @param terminals the commands of the thread that run
public record TurnScope(
    ThreadId threadId,
    TurnId turnId,
    Path cwd,
    ApprovalPolicy approvalPolicy,
    SandboxPolicy sandbox,
    @Nullable ExecEnvironment environment,
    ChildEnvironment child,
    Terminals terminals,
    ToolGate gate,
    TurnIo io) {}
