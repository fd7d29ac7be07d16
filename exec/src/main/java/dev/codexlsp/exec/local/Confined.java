package dev.codexlsp.exec.local;

import dev.codexlsp.exec.SandboxUnavailableException;
import dev.codexlsp.exec.sandbox.DenialSigns;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// What there is to know of one confined child that others have not. Owned by the launcher's
/// thread.
final class Confined {
  private static final int MOST_SHOWN = 500;

  private final @Nullable Keeper keeper;
  private final OutputTail tail = new OutputTail();

  /// What is left of a program that keeps a command in its limits.
  record Keeper(SandboxStatus status, MountPoints.Lease lease) {}

  /// @param keeper null for a child that is the command itself
  Confined(@Nullable Keeper keeper) {
    this.keeper = keeper;
  }

  Family.Leader role() {
    return keeper == null ? Family.Leader.COMMAND : Family.Leader.KEEPER;
  }

  /// Is to be told what the child writes.
  OutputTail tail() {
    return tail;
  }

  /// Tells how the child has ended.
  ///
  /// @param byItself false for one that was ended, of which nothing can be guessed
  void tellExit(EventQueue events, int code, boolean byItself, MemorySegment buffer) {
    if (byItself && keeper != null && !keeper.status().hasRun(buffer)) {
      events.neverRan(SandboxUnavailableException.UNAVAILABLE + reason());
    } else {
      events.exited(code, byItself && DenialSigns.areSeen(code, tail.text()));
    }
  }

  /// The last words of the program that has failed.
  private String reason() {
    String last = tail.text().strip().replaceAll("(?s).*\\R", "");
    String shown = last.length() > MOST_SHOWN ? last.substring(0, MOST_SHOWN) + "..." : last;
    return shown.isEmpty() ? "the command never ran" : "the command never ran: " + shown;
  }

  /// The last call.
  void close(MemorySegment buffer) {
    if (keeper != null) {
      keeper.lease().giveBack(keeper.status().firstInside(buffer));
      keeper.status().close();
    }
  }
}
