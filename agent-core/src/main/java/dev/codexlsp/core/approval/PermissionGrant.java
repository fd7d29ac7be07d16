package dev.codexlsp.core.approval;

import dev.codexlsp.exec.sandbox.FileRule;
import dev.codexlsp.exec.sandbox.FileRule.Access;
import dev.codexlsp.exec.sandbox.PathPattern;
import dev.codexlsp.exec.sandbox.PermissionProfile;
import dev.codexlsp.exec.sandbox.PermissionProfile.Network;
import dev.codexlsp.exec.sandbox.SandboxProfiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What commands may touch beyond their sandbox: asked for, and granted. Pure.
public record PermissionGrant(@Nullable FileSystem fileSystem, @Nullable NetworkAccess network) {
  public static final PermissionGrant NOTHING = new PermissionGrant(null, null);

  /// Folders and files, absolute.
  public record FileSystem(@Nullable List<Path> read, @Nullable List<Path> write) {
    public FileSystem {
      read = read == null ? null : List.copyOf(read);
      write = write == null ? null : List.copyOf(write);
    }
  }

  /// The network as a whole.
  public record NetworkAccess(@Nullable Boolean enabled) {}

  public boolean isEmpty() {
    return read().isEmpty() && write().isEmpty() && !hasNetwork();
  }

  private List<Path> read() {
    return fileSystem == null || fileSystem.read() == null ? List.of() : fileSystem.read();
  }

  private List<Path> write() {
    return fileSystem == null || fileSystem.write() == null ? List.of() : fileSystem.write();
  }

  private boolean hasNetwork() {
    return network != null && Boolean.TRUE.equals(network.enabled());
  }

  /// As much of this as was asked for: an answer cannot give more than its question named.
  public PermissionGrant within(PermissionGrant asked) {
    return of(
        covered(read(), asked.read(), asked.write()),
        covered(write(), asked.write(), List.of()),
        hasNetwork() && asked.hasNetwork());
  }

  private static List<Path> covered(List<Path> paths, List<Path> asked, List<Path> wider) {
    return paths.stream()
        .map(Path::normalize)
        .filter(path ->
            asked.stream().anyMatch(root -> path.startsWith(root.normalize()))
                || wider.stream().anyMatch(root -> path.startsWith(root.normalize())))
        .toList();
  }

  /// Both.
  public PermissionGrant and(PermissionGrant other) {
    return of(
        joined(read(), other.read()),
        joined(write(), other.write()),
        hasNetwork() || other.hasNetwork());
  }

  private static List<Path> joined(List<Path> some, List<Path> others) {
    List<Path> all = new ArrayList<>(some);
    others.stream().filter(path -> !all.contains(path)).forEach(all::add);
    return all;
  }

  private static PermissionGrant of(List<Path> read, List<Path> write, boolean network) {
    return new PermissionGrant(
        new FileSystem(read, write), network ? new NetworkAccess(true) : null);
  }

  /// The profile with what is granted besides. What is protected stays so, below what is granted
  /// too.
  public PermissionProfile.Managed over(PermissionProfile.Managed profile) {
    List<FileRule> rules = new ArrayList<>(profile.rules());
    read().forEach(path -> rules.add(rule(path, Access.READ)));
    for (Path path : write()) {
      rules.add(rule(path, Access.WRITE));
      SandboxProfiles.PROTECTED.forEach(name -> rules.add(rule(path.resolve(name), Access.READ)));
    }
    return new PermissionProfile.Managed(rules, hasNetwork() ? Network.ENABLED : profile.network());
  }

  private static FileRule rule(Path path, Access access) {
    return new FileRule(new PathPattern.Literal(path), access, true);
  }
}
