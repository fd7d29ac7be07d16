package dev.codexlsp.exec.sandbox;

import java.util.ArrayList;
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

  /// Why nothing confines, or not everything, in one line; empty when everything is.
  public String problems() {
    List<String> told = new ArrayList<>();
    for (Finding finding : findings) {
      @Nullable String problem = problem(finding);
      if (problem != null) {
        told.add(finding.rung().word() + ": " + problem);
      }
    }
    return String.join("; ", told);
  }

  private static @Nullable String problem(Finding finding) {
    return finding.problem() == null && !suffices(finding.rung(), true)
        ? "only for what writes nothing"
        : finding.problem();
  }
}
