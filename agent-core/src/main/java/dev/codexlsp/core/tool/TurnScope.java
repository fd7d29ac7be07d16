package dev.codexlsp.core.tool;

import dev.codexlsp.core.thread.CollaborationMode;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.thread.TurnId;
import dev.codexlsp.exec.sandbox.Confinement;
import dev.codexlsp.exec.sandbox.PermissionProfile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What holds for every call of one turn.
///
/// @param permissions what its commands may touch
/// @param environment where commands run; null for nowhere
/// @param child the environment commands get there
/// @param terminals the commands of the thread that run
/// @param grants what its commands may touch besides
/// @param changes what its patches have changed
/// @param outputLimit tokens that a command may answer with; null for what the model asks for
/// @param terminalLimit how long one call may wait for a command that runs in the background
public record TurnScope(
    ThreadId threadId,
    TurnId turnId,
    Path cwd,
    PermissionProfile permissions,
    CollaborationMode mode,
    @Nullable ExecEnvironment environment,
    ChildEnvironment child,
    Terminals terminals,
    TurnChanges changes,
    Grants grants,
    ToolGate gate,
    @Nullable Integer outputLimit,
    Duration terminalLimit,
    TurnIo io) {

  /// What limits a command of this turn; null when nothing does.
  ///
  /// @param directory of the command
  @Nullable Confinement confinement(Path directory) {
    ExecEnvironment place = environment;
    return switch (permissions) {
      case PermissionProfile.Disabled(), PermissionProfile.External() -> null;
      case PermissionProfile.Managed managed ->
          place == null
              ? null
              : place.confinement(grants.now().over(managed), directory, List.of(cwd));
    };
  }
}
