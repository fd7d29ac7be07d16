package dev.codexlsp.exec.protocol;

import dev.codexlsp.exec.json.WireException;
import dev.codexlsp.exec.sandbox.Confinement;
import dev.codexlsp.exec.sandbox.PermissionProfile;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The `sandbox` member that a request for a process or a file may have.
///
/// @param directory of the command
/// @param workspaceRoots what rules about project roots are about
public record SandboxMember(PermissionProfile profile, Path directory, List<Path> workspaceRoots) {
  private static final Path ROOT = Path.of("/");

  public SandboxMember {
    workspaceRoots = List.copyOf(workspaceRoots);
  }

  /// The outer object; what it says of other systems than ours is not looked at.
  private record Outer(
      Payload permissions, @Nullable Path cwd, @Nullable List<Path> workspaceRoots) {}

  /// What our side sends: the last three must be there for the original.
  private record Sent(
      Payload permissions,
      Path cwd,
      List<Path> workspaceRoots,
      String windowsSandboxLevel,
      String windowsSandboxProxySettingsMode,
      boolean useLegacyLandlock) {}

  /// Reads what was received.
  ///
  /// @throws WireException when it is not understood, which is never taken for no limits
  public static SandboxMember of(Payload sandbox) {
    Outer outer = sandbox.as(Outer.class);
    Path directory = Objects.requireNonNullElse(outer.cwd(), ROOT);
    @Nullable List<Path> given = outer.workspaceRoots();
    List<Path> roots = given != null ? given : outer.cwd() == null ? List.of() : List.of(directory);
    PermissionProfile profile = PermissionsCodec.decode(outer.permissions().json(), directory);
    return new SandboxMember(profile, directory, roots);
  }

  /// What asks another place for the same limits. What is always protected there is for that place
  /// to know.
  public static Payload of(Confinement confinement) {
    return Payload.of(
        new Sent(
            Payload.of(PermissionsCodec.encode(confinement.profile())),
            confinement.directory(),
            confinement.workspaceRoots(),
            "disabled",
            "reconcile",
            false));
  }
}
