package dev.codexlsp.core.approval;

/// What became of a question.
public sealed interface ApprovalOutcome {

  record Decided(Decision decision) implements ApprovalOutcome {}

  /// Nobody could be asked, or the answer made no sense. It counts as a refusal, and the model
  /// hears why.
  record Failed(String reason) implements ApprovalOutcome {}
}
