package dev.codexlsp.exec.server;

import dev.codexlsp.exec.json.WireException;
import dev.codexlsp.exec.protocol.Payload;
import dev.codexlsp.exec.protocol.SandboxMember;
import dev.codexlsp.exec.sandbox.Confinement;
import dev.codexlsp.exec.sandbox.PermissionProfile;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads what a request is to be confined to. A wish that is not understood is refused, never
/// ignored.
///
/// @param alwaysProtected what of this machine is not to be written, whatever a client allows
record SandboxGate(List<Path> alwaysProtected) {
  private static final String HOME = "CODEX_HOME";
  private static final String TMPDIR = "TMPDIR";

  SandboxGate {
    alwaysProtected = List.copyOf(alwaysProtected);
  }

  /// @param environment of this process
  static SandboxGate of(Map<String, String> environment) {
    @Nullable Path own = absolute(environment.get(HOME));
    @Nullable Path home = absolute(environment.get("HOME"));
    if (own == null && home != null) {
      own = home.resolve(".codex");
    }
    return new SandboxGate(own == null ? List.of() : List.of(own));
  }

  /// Null for no limits.
  ///
  /// @param environment of the command
  @Nullable Confinement confinement(@Nullable Payload sandbox, Map<String, String> environment)
      throws Refused {
    if (sandbox == null) {
      return null;
    }
    SandboxMember member;
    try {
      member = SandboxMember.of(sandbox);
    } catch (WireException bad) {
      throw Refused.invalidParams("`sandbox`: " + bad.getMessage());
    }
    return switch (member.profile()) {
      case PermissionProfile.Disabled(), PermissionProfile.External() -> null;
      case PermissionProfile.Managed profile ->
          new Confinement(
              profile,
              member.directory(),
              member.workspaceRoots(),
              absolute(environment.get(TMPDIR)),
              alwaysProtected);
    };
  }

  private static @Nullable Path absolute(@Nullable String name) {
    try {
      return name == null || !name.startsWith("/") ? null : Path.of(name).normalize();
    } catch (InvalidPathException _) {
      return null;
    }
  }
}
