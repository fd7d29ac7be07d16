package dev.codexlsp.exec.local;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.codexlsp.exec.ProcessEvent.Stream;
import dev.codexlsp.exec.sandbox.DenialSigns;
import java.lang.foreign.MemorySegment;

/// What there is to know of one confined child that others have not. Owned by the launcher's
/// thread.
final class Confined {
  private static final byte[] NEVER_RAN =
      "sandbox unavailable: the command never ran\n".getBytes(US_ASCII);

  private final SandboxStatus status;
  private final MountPoints.Lease lease;
  private final OutputTail tail = new OutputTail();

  Confined(SandboxStatus status, MountPoints.Lease lease) {
    this.status = status;
    this.lease = lease;
  }

  /// Is to be told what the child writes.
  OutputTail tail() {
    return tail;
  }

  /// Tells how the child has ended. When it is the sandbox that could not be built, this is said
  /// after the words of the program that has failed to.
  ///
  /// @param byItself false for one that was ended, of which nothing can be guessed
  void tellExit(
      EventQueue events, Stream stream, int code, boolean byItself, MemorySegment buffer) {
    if (byItself && !status.hasRun(buffer)) {
      events.output(stream, NEVER_RAN.clone());
      events.exited(code, false);
    } else {
      events.exited(code, byItself && DenialSigns.areSeen(code, tail.text()));
    }
  }

  /// The last call.
  void close(MemorySegment buffer) {
    lease.giveBack(status.firstInside(buffer));
    status.close();
  }
}
