package dev.codexlsp.core.approval;

/// Who answers when something has to be approved (`approvals_reviewer`).
public enum ApprovalsReviewer {
  USER,

  /// A model that looks at what is planned; the user is asked when it cannot say.
  AUTO_REVIEW
}
