package dev.codexlsp.core.model;

import java.time.Duration;

/// Lets the calling thread wait before it tries again; [Thread#sleep(Duration)] outside of tests.
@FunctionalInterface
public interface Pause {
  void sleep(Duration duration) throws InterruptedException;
}
