package dev.codexlsp.exec.protocol;

import dev.codexlsp.exec.TerminalSize;

/// Tells a process at a terminal that the terminal has another size. The original does not have
/// this; a server that has it says so in its [EnvironmentInfo.Capabilities].
public record ProcessResize(String processId, int rows, int columns) {
  public ProcessResize {
    // Refuses what is no size.
    new TerminalSize(rows, columns);
  }

  public TerminalSize size() {
    return new TerminalSize(rows, columns);
  }
}
