package dev.codexlsp.exec.local;

import dev.codexlsp.exec.sandbox.Confinement;
import dev.codexlsp.exec.sandbox.FileRule;
import dev.codexlsp.exec.sandbox.PathPattern;
import dev.codexlsp.exec.sandbox.PermissionProfile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Takes the links out of the paths of a [Confinement], so that what is allowed is compared by what
/// it is. What protects keeps its own name: if that is a link, it is to be seen.
final class RealPaths {
  private RealPaths() {}

  /// @param own what is protected besides
  static Confinement of(Confinement given, List<Path> own) {
    PermissionProfile.Managed profile = given.profile();
    List<FileRule> rules = profile.rules().stream().map(RealPaths::of).toList();
    @Nullable Path tmpdir = given.tmpdir();
    return new Confinement(
        new PermissionProfile.Managed(rules, profile.network()),
        given.directory(),
        given.workspaceRoots().stream().map(RealPaths::of).distinct().toList(),
        tmpdir == null ? null : of(tmpdir),
        Stream.concat(given.alwaysProtected().stream().map(RealPaths::of), own.stream())
            .distinct()
            .toList());
  }

  private static FileRule of(FileRule rule) {
    return switch (rule.path()) {
      case PathPattern.Literal(Path path) ->
          new FileRule(
              new PathPattern.Literal(
                  switch (rule.access()) {
                    case WRITE -> of(path);
                    case READ, NONE -> ofName(path);
                  }),
              rule.access(),
              rule.skipIfMissing());
      case PathPattern.SlashTmp() ->
          new FileRule(
              new PathPattern.Literal(of(Path.of("/tmp"))), rule.access(), rule.skipIfMissing());
      case PathPattern.Root _,
          PathPattern.Minimal _,
          PathPattern.ProjectRoots _,
          PathPattern.Tmpdir _,
          PathPattern.Glob _ ->
          rule;
    };
  }

  /// The name itself, in a folder without links.
  private static Path ofName(Path path) {
    Path normal = path.normalize();
    @Nullable Path parent = normal.getParent();
    return parent == null ? normal : of(parent).resolve(normal.getFileName());
  }

  /// As far as it is there; of what is missing, the name.
  static Path of(Path path) {
    Path normal = path.normalize();
    try {
      return normal.toRealPath();
    } catch (IOException _) {
      @Nullable Path parent = normal.getParent();
      return parent == null ? normal : of(parent).resolve(normal.getFileName());
    }
  }
}
