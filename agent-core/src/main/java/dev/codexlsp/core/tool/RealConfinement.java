package dev.codexlsp.core.tool;

import dev.codexlsp.exec.FileException;
import dev.codexlsp.exec.sandbox.Confinement;
import dev.codexlsp.exec.sandbox.FileAccess;
import dev.codexlsp.exec.sandbox.FileRule;
import dev.codexlsp.exec.sandbox.PathPattern;
import dev.codexlsp.exec.sandbox.PermissionProfile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a confinement means for real paths: its own ones may lead through links.
final class RealConfinement {
  private final PatchFiles places;

  /// @param places knows where paths really lie
  RealConfinement(PatchFiles places) {
    this.places = places;
  }

  /// @param confinement null for no limits
  /// @throws FileException when a path of it cannot be looked up; then nothing may be written
  @Nullable FileAccess access(@Nullable Confinement confinement)
      throws FileException, InterruptedException {
    if (confinement == null) {
      return null;
    }
    Path tmpdir = confinement.tmpdir();
    return FileAccess.of(
        new Confinement(
            new PermissionProfile.Managed(
                rules(confinement.profile().rules()), confinement.profile().network()),
            places.real(confinement.directory()),
            reals(confinement.workspaceRoots()),
            tmpdir == null ? null : places.real(tmpdir),
            reals(confinement.alwaysProtected())));
  }

  private List<FileRule> rules(List<FileRule> rules) throws FileException, InterruptedException {
    List<FileRule> real = new ArrayList<>();
    for (FileRule rule : rules) {
      real.add(
          rule.path() instanceof PathPattern.Literal(Path path)
              ? new FileRule(
                  new PathPattern.Literal(places.real(path)), rule.access(), rule.skipIfMissing())
              : rule);
    }
    return real;
  }

  private List<Path> reals(List<Path> paths) throws FileException, InterruptedException {
    List<Path> real = new ArrayList<>();
    for (Path path : paths) {
      real.add(places.real(path));
    }
    return real;
  }
}
