package dev.codexlsp.core.thread;

import org.jspecify.annotations.Nullable;

/// How an automatic review stands.
///
/// @param rationale in the reviewer's words
public record ApprovalReview(
    Status status,
    @Nullable RiskLevel riskLevel,
    @Nullable UserAuthorization userAuthorization,
    @Nullable String rationale) {

  public enum Status {
    IN_PROGRESS,
    APPROVED,
    DENIED,
    TIMED_OUT,
    ABORTED
  }

  public enum RiskLevel {
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL
  }

  /// How much the user has asked for it.
  public enum UserAuthorization {
    UNKNOWN,
    LOW,
    MEDIUM,
    HIGH
  }

  /// One without an opinion.
  public static ApprovalReview of(Status status) {
    return new ApprovalReview(status, null, null, null);
  }
}
