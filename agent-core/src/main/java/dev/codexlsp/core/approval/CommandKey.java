package dev.codexlsp.core.approval;

import dev.codexlsp.exec.sandbox.SandboxPolicy;
import java.nio.file.Path;
import java.util.List;

/// A command that may run: all that its user saw.
public record CommandKey(
    String environment,
    List<String> argv,
    Path directory,
    SandboxPolicy sandbox,
    boolean tty,
    boolean isEscalated)
    implements SessionKey {
  public CommandKey {
    argv = List.copyOf(argv);
  }
}
