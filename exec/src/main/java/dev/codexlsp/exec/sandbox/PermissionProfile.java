package dev.codexlsp.exec.sandbox;

import java.util.List;

/// What a command may touch, by rules. A [SandboxPolicy] is the short form that users choose from;
/// [SandboxProfiles] spells it out.
public sealed interface PermissionProfile {

  /// No limits.
  record Disabled() implements PermissionProfile {}

  /// Something around this machine is the boundary, because the user has said so in the
  /// configuration; nothing is confined here. Never chosen by itself.
  record External() implements PermissionProfile {}

  /// Confined here, or refused where that cannot be done.
  ///
  /// @param rules what no rule names may not be touched; see [FileAccess] for how they rank
  record Managed(List<FileRule> rules, Network network) implements PermissionProfile {
    public Managed {
      rules = List.copyOf(rules);
    }
  }

  /// Whether a command reaches others.
  enum Network {
    RESTRICTED,
    ENABLED
  }
}
