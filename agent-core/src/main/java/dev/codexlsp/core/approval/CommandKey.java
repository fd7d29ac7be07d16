package dev.codexlsp.core.approval;

import dev.codexlsp.exec.sandbox.PermissionProfile;
import java.nio.file.Path;
import java.util.List;

/// A command that may run: all that its user saw.
///
/// @param permissions what it may touch, unless it is escalated
/// @param grants what it may touch besides
/// @param tty whether it runs at a terminal
/// @param isEscalated whether it runs without the sandbox
public record CommandKey(
    String environment,
    List<String> argv,
    Path directory,
    PermissionProfile permissions,
    PermissionGrant grants,
    boolean tty,
    boolean isEscalated)
    implements SessionKey {
  public CommandKey {
    argv = List.copyOf(argv);
  }
}
