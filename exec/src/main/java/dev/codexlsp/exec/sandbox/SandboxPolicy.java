package dev.codexlsp.exec.sandbox;

import java.nio.file.Path;
import java.util.List;

/// How far a command's hands reach. The records are what `sandbox` and `sandboxPolicy` carry on the
/// wire.
public sealed interface SandboxPolicy {

  /// No limits: the user has decided that this machine, or something around it, is boundary enough.
  record DangerFullAccess() implements SandboxPolicy {}

  /// No limits here, because something around this machine is the boundary. Only the configuration
  /// can say so, never a client.
  ///
  /// @param networkAccess as clients are told it
  record ExternalSandbox(PermissionProfile.Network networkAccess) implements SandboxPolicy {}

  record ReadOnly(boolean networkAccess) implements SandboxPolicy {}

  record WorkspaceWrite(
      List<Path> writableRoots,
      boolean networkAccess,
      boolean excludeTmpdirEnvVar,
      boolean excludeSlashTmp)
      implements SandboxPolicy {
    public WorkspaceWrite {
      writableRoots = List.copyOf(writableRoots);
    }
  }
}
