package dev.codexlsp.exec.remote;

import dev.codexlsp.exec.ExecBackend;
import dev.codexlsp.exec.local.LocalBackend;

/// Commands of this machine, with nothing in between.
class LocalTargetTest extends BackendSuite {
  @Override
  ExecBackend open() {
    return new LocalBackend(DRAIN_GRACE, System.getenv());
  }

  @Override
  void end() {
    // There is nothing but the backend.
  }
}
