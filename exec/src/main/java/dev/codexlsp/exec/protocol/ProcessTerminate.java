package dev.codexlsp.exec.protocol;

/// Ends a process and its group; the answer does not wait for it.
public record ProcessTerminate(String processId) {

  /// What was found.
  ///
  /// @param running whether there was something to end
  public record Result(boolean running) {}
}
