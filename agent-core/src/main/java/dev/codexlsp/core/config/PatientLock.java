package dev.codexlsp.core.config;

import dev.codexlsp.exec.local.AdvisoryLock;
import dev.codexlsp.exec.local.AdvisoryLock.Mode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/// Waits for the lock of a file that other programs write, too.
public final class PatientLock {
  private PatientLock() {}

  /// Makes the file of the lock if there is none.
  ///
  /// @throws IOException when somebody else holds it all the time
  public static AdvisoryLock exclusive(Path file, Duration patience)
      throws IOException, InterruptedException {
    AdvisoryLock lock = AdvisoryLock.tryAcquire(file, Mode.EXCLUSIVE, patience);
    if (lock == null) {
      throw new IOException("another process holds it");
    }
    return lock;
  }
}
