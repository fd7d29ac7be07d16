package dev.codexlsp.core.tool;

import dev.codexlsp.core.approval.ApprovalPolicy;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.thread.TurnId;
import dev.codexlsp.exec.sandbox.SandboxPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// What holds for every call of one turn.
///
/// @param environment the environment commands get, credentials already removed
/// @param commandTimeout how long a command may run
public record TurnScope(
    ThreadId threadId,
    TurnId turnId,
    Path cwd,
    ApprovalPolicy approvalPolicy,
    SandboxPolicy sandbox,
    Map<String, String> environment,
    Duration commandTimeout,
    ToolGate gate,
    TurnIo io) {
  public TurnScope {
    environment = Map.copyOf(environment);
  }
}
