package dev.codexlsp.exec.sandbox;

import dev.codexlsp.exec.sandbox.FileRule.Access;
import dev.codexlsp.exec.sandbox.PermissionProfile.Network;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The policies that users choose from, spelled out as rules.
public final class SandboxProfiles {
  /// What lies directly below a writable root and decides what others run later: it stays as it is.
  public static final List<Path> PROTECTED =
      List.of(Path.of(".git"), Path.of(".codex"), Path.of(".agents"), Path.of(".aws"));

  private SandboxProfiles() {}

  public static PermissionProfile of(SandboxPolicy policy) {
    return switch (policy) {
      case SandboxPolicy.DangerFullAccess() -> new PermissionProfile.Disabled();
      case SandboxPolicy.ExternalSandbox _ -> new PermissionProfile.External();
      case SandboxPolicy.ReadOnly(boolean networkAccess) ->
          new PermissionProfile.Managed(List.of(readAll()), network(networkAccess));
      case SandboxPolicy.WorkspaceWrite write ->
          new PermissionProfile.Managed(rules(write), network(write.networkAccess()));
    };
  }

  private static Network network(boolean access) {
    return access ? Network.ENABLED : Network.RESTRICTED;
  }

  private static FileRule readAll() {
    return new FileRule(new PathPattern.Root(), Access.READ);
  }

  private static List<FileRule> rules(SandboxPolicy.WorkspaceWrite policy) {
    List<FileRule> rules = new ArrayList<>();
    rules.add(readAll());
    rules.add(new FileRule(new PathPattern.ProjectRoots(null), Access.WRITE));
    if (!policy.excludeSlashTmp()) {
      rules.add(new FileRule(new PathPattern.SlashTmp(), Access.WRITE));
    }
    if (!policy.excludeTmpdirEnvVar()) {
      rules.add(new FileRule(new PathPattern.Tmpdir(), Access.WRITE));
    }
    for (Path name : PROTECTED) {
      rules.add(new FileRule(new PathPattern.ProjectRoots(name), Access.READ, true));
    }
    for (Path root : policy.writableRoots()) {
      rules.add(new FileRule(new PathPattern.Literal(root), Access.WRITE, true));
      for (Path name : PROTECTED) {
        rules.add(new FileRule(new PathPattern.Literal(root.resolve(name)), Access.READ, true));
      }
    }
    return List.copyOf(rules);
  }
}
