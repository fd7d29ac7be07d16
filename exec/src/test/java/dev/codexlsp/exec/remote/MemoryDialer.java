package dev.codexlsp.exec.remote;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Connects to a server that a test plays, in memory.
interface MemoryDialer extends Dialer {

  @Override
  default Duration pause(int attempts) {
    return Duration.ofMillis(1);
  }

  @Override
  default Thread.Builder threads() {
    return Thread.ofVirtual();
  }

  @Override
  default @Nullable Duration askAfter() {
    return null;
  }
}
