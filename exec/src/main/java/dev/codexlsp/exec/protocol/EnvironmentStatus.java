package dev.codexlsp.exec.protocol;

/// Asks whether the server still answers.
public record EnvironmentStatus() {

  /// How the server is.
  ///
  /// @param status `ready`
  public record Result(String status) {}
}
