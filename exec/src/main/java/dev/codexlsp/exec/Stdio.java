package dev.codexlsp.exec;

/// What the standard streams of a child are connected to.
public sealed interface Stdio {
  Stdio NO_INPUT = new Pipes(false);

  /// Output goes to two pipes.
  ///
  /// @param input whether there is a pipe to write to; else the child finds its input at the end
  record Pipes(boolean input) implements Stdio {}

  /// All three are one terminal, which is also the child's controlling one.
  record Terminal(TerminalSize size) implements Stdio {}
}
