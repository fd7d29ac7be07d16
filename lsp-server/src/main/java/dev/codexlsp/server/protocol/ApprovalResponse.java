package dev.codexlsp.server.protocol;

import dev.codexlsp.core.approval.Decision;

/// The answer of a human to `item/commandExecution/requestApproval` and to
/// `item/fileChange/requestApproval`.
public record ApprovalResponse(Decision decision) {}
