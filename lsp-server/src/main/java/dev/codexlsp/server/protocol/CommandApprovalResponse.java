package dev.codexlsp.server.protocol;

import dev.codexlsp.core.approval.Decision;

/// The answer of a human to `item/commandExecution/requestApproval`.
public record CommandApprovalResponse(Decision decision) {}
