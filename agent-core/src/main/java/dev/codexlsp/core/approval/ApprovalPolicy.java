package dev.codexlsp.core.approval;

/// When the user wants to be asked (`approval_policy`).
public sealed interface ApprovalPolicy {
  ApprovalPolicy UNTRUSTED = new Untrusted();
  ApprovalPolicy ON_REQUEST = new OnRequest();
  ApprovalPolicy NEVER = new Never();

  /// Before everything that no rule allows.
  record Untrusted() implements ApprovalPolicy {}

  /// When the sandbox is not enough.
  record OnRequest() implements ApprovalPolicy {}

  /// Not at all: what would need a question is refused.
  record Never() implements ApprovalPolicy {}

  /// As [OnRequest], but only about what is named; a question about anything else is refused before
  /// it is asked.
  ///
  /// @param sandboxApproval leaving the sandbox
  /// @param rules what a rule wants to be asked about
  /// @param skillApproval running what a skill brings
  /// @param requestPermissions wider permissions
  /// @param mcpElicitations questions of MCP servers
  record Granular(
      boolean sandboxApproval,
      boolean rules,
      boolean skillApproval,
      boolean requestPermissions,
      boolean mcpElicitations)
      implements ApprovalPolicy {}
}
