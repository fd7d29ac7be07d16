package dev.codexlsp.core.approval;

import dev.codexlsp.exec.sandbox.SandboxPolicy;
import java.nio.file.Path;
import java.util.List;

/// What an approval of a command is bound to: an approval for the session covers exactly the same
/// again, nothing similar, and nothing elsewhere.
public record CommandKey(
    String environment, List<String> argv, Path directory, SandboxPolicy sandbox) {
  public CommandKey {
    argv = List.copyOf(argv);
  }
}
