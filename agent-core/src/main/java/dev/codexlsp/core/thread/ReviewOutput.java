package dev.codexlsp.core.thread;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a reviewer has found, for editors to show beside the code.
///
/// @param overallCorrectness the verdict, `patch is correct` or `patch is incorrect`
/// @param overallConfidenceScore from 0 to 1
public record ReviewOutput(
    List<Finding> findings,
    String overallCorrectness,
    String overallExplanation,
    @Nullable Double overallConfidenceScore) {
  public ReviewOutput {
    findings = List.copyOf(findings);
  }

  /// One thing that is wrong.
  ///
  /// @param priority 0 is the most urgent, 3 the least
  /// @param confidenceScore from 0 to 1
  public record Finding(
      String title,
      String body,
      Path file,
      LineRange lineRange,
      @Nullable Integer priority,
      @Nullable Double confidenceScore) {}

  /// Lines counted from 1, the last one included.
  public record LineRange(int start, int end) {}
}
