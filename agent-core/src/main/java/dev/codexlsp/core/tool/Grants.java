package dev.codexlsp.core.tool;

import dev.codexlsp.core.approval.PermissionGrant;
import java.util.concurrent.atomic.AtomicReference;

/// What the user has granted to the commands of one turn beyond their sandbox. The calls of the
/// turn share it.
public final class Grants {
  private final AtomicReference<PermissionGrant> granted;

  /// @param granted for the session, before this turn
  public Grants(PermissionGrant granted) {
    this.granted = new AtomicReference<>(granted);
  }

  void add(PermissionGrant more) {
    granted.updateAndGet(known -> known.and(more));
  }

  PermissionGrant now() {
    return granted.get();
  }
}
