package dev.codexlsp.exec.sandbox;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a machine can confine commands with, as it was tried once.
///
/// @param findings one for each rung, the best first
public record SandboxReport(List<Finding> findings) {
  public SandboxReport {
    findings = List.copyOf(findings);
  }

  /// Whether one rung carries.
  ///
  /// @param problem why not, lower case; null when it does
  public record Finding(Rung rung, @Nullable String problem) {}

  /// The best rung that carries and is good enough; null when there is none.
  ///
  /// @param writes whether something is to be written below some root
  public @Nullable Rung best(boolean writes) {
    for (Finding finding : findings) {
      if (finding.problem() == null && suffices(finding.rung(), writes)) {
        return finding.rung();
      }
    }
    return null;
  }

  private static boolean suffices(Rung rung, boolean writes) {
    return switch (rung) {
      case BUBBLEWRAP -> true;
      case LANDLOCK -> !writes;
    };
  }

  /// Why nothing confines, in one line.
  public String problems() {
    List<String> told =
        findings.stream()
            .filter(finding -> finding.problem() != null)
            .map(finding -> name(finding.rung()) + ": " + finding.problem())
            .toList();
    return String.join("; ", told);
  }

  private static String name(Rung rung) {
    return switch (rung) {
      case BUBBLEWRAP -> "bubblewrap";
      case LANDLOCK -> "landlock (reads only)";
    };
  }
}
