package dev.codexlsp.exec.server;

import dev.codexlsp.exec.json.WireException;
import dev.codexlsp.exec.protocol.Payload;
import org.jspecify.annotations.Nullable;

/// Refuses what should be confined, because nothing here confines yet. It is never ignored.
final class SandboxGate {
  /// The one type of permissions that confines nothing.
  private static final String NO_LIMITS = "disabled";

  /// As much of a `sandbox` member as it takes to see whether it confines.
  private record Sandbox(Permissions permissions) {}

  private record Permissions(String type) {}

  private SandboxGate() {}

  static void check(@Nullable Payload sandbox) throws Refused {
    if (sandbox == null) {
      return;
    }
    try {
      if (!sandbox.as(Sandbox.class).permissions().type().equals(NO_LIMITS)) {
        throw Refused.failed("sandbox unavailable");
      }
    } catch (WireException bad) {
      throw Refused.invalidParams("`sandbox`: " + bad.getMessage());
    }
  }
}
