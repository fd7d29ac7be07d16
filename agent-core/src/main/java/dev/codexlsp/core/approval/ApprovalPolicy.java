package dev.codexlsp.core.approval;

/// When the user wants to be asked (`approval_policy`).
public enum ApprovalPolicy {
  /// Before everything that no rule allows.
  UNTRUSTED,
  /// When the sandbox is not enough; as long as there is no sandbox, that is always.
  ON_REQUEST,
  /// Not at all: what would need a question is refused.
  NEVER
}
