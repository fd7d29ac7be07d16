package dev.codexlsp.core.approval;

import dev.codexlsp.core.thread.ItemId;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.thread.TurnId;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// May commands touch more from now on? (`item/permissions/requestApproval`)
///
/// @param reason why the model wants it, in its own words
public record PermissionsRequest(
    ThreadId threadId,
    TurnId turnId,
    ItemId itemId,
    long startedAtMs,
    String environmentId,
    Path cwd,
    @Nullable String reason,
    PermissionGrant permissions)
    implements ServerRequest {

  /// How long a grant holds.
  public enum Scope {
    TURN,
    SESSION
  }
}
