package dev.codexlsp.exec.sandbox;

import dev.codexlsp.exec.sandbox.FileRule.Access;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which paths a [Confinement] lets be read and written. Of the rules that hold a path the one with
/// the deepest path decides; a pattern that denies outranks them all, and so do the files of the
/// agent itself.
///
/// Only names are compared. So it holds for paths without links, `.` and `..`, with a confinement
/// whose own paths are such.
public final class FileAccess {
  private static final Path GIT = Path.of(".git");
  private static final List<Path> SYSTEM =
      Stream.of(
              "/bin",
              "/sbin",
              "/usr",
              "/lib",
              "/lib32",
              "/lib64",
              "/libx32",
              "/etc",
              "/dev",
              "/proc",
              "/sys",
              "/opt",
              "/nix/store",
              "/run/current-system")
          .map(Path::of)
          .toList();

  private final List<Grant> grants;
  private final List<GlobPattern> denied;
  private final List<Path> unreadable;
  private final List<Path> untouchable;

  /// A rule whose path is known.
  ///
  /// @param skipIfMissing as in [FileRule]
  public record Grant(Path path, Access access, boolean skipIfMissing) {}

  private FileAccess(Confinement confinement, List<Path> extra) {
    List<Grant> found = new ArrayList<>();
    List<GlobPattern> patterns = new ArrayList<>();
    for (FileRule rule : confinement.profile().rules()) {
      if (rule.path() instanceof PathPattern.Glob(String pattern)) {
        patterns.addAll(globs(pattern, confinement, rule.access()));
      } else {
        paths(rule.path(), confinement)
            .forEach(path ->
                found.add(new Grant(path.normalize(), rule.access(), rule.skipIfMissing())));
      }
    }
    grants = List.copyOf(found);
    denied = List.copyOf(patterns);
    unreadable = confinement.credentials();
    List<Path> all = new ArrayList<>(confinement.alwaysProtected());
    all.addAll(extra);
    untouchable = List.copyOf(all);
  }

  public static FileAccess of(Confinement confinement) {
    return new FileAccess(confinement, List.of());
  }

  /// The same with what was found on the disk.
  ///
  /// @param untouchable what was found to decide what others run later, and is not to be written
  public static FileAccess of(Confinement confinement, List<Path> untouchable) {
    return new FileAccess(confinement, untouchable);
  }

  private static List<GlobPattern> globs(String pattern, Confinement confinement, Access access) {
    if (access != Access.NONE) {
      throw new IllegalArgumentException("a pattern can only deny: " + pattern);
    }
    return pattern.startsWith("/")
        ? List.of(new GlobPattern(pattern))
        : confinement.workspaceRoots().stream()
            .map(root -> new GlobPattern(GlobPattern.quoted(root) + "/" + pattern))
            .toList();
  }

  private static List<Path> paths(PathPattern pattern, Confinement confinement) {
    return switch (pattern) {
      case PathPattern.Root() -> List.of(Path.of("/"));
      case PathPattern.Minimal() -> SYSTEM;
      case PathPattern.ProjectRoots(@Nullable Path subpath) ->
          confinement.workspaceRoots().stream()
              .map(root -> subpath == null ? root : root.resolve(subpath))
              .toList();
      case PathPattern.SlashTmp() -> List.of(Path.of("/tmp"));
      case PathPattern.Tmpdir() ->
          confinement.tmpdir() == null ? List.of() : List.of(confinement.tmpdir());
      case PathPattern.Literal(Path path) -> List.of(path);
      case PathPattern.Glob(String glob) -> throw new IllegalStateException("a pattern: " + glob);
    };
  }

  /// The rules with their paths, in no order.
  public List<Grant> grants() {
    return grants;
  }

  /// What is denied by pattern.
  public List<GlobPattern> denied() {
    return denied;
  }

  /// What may never be read: a command may find nothing there.
  public List<Path> unreadable() {
    return unreadable;
  }

  /// What may never be written, itself and all below.
  public List<Path> untouchable() {
    return untouchable;
  }

  /// Whether the contents may be read, or the entries of a folder.
  ///
  /// @param path real: absolute, without links, `.` and `..`
  public boolean mayRead(Path path) {
    return access(path) != Access.NONE && !isDenied(path);
  }

  /// False also for what is below a `.git`, however deep that lies.
  ///
  /// @param path real: absolute, without links, `.` and `..`
  public boolean mayWrite(Path path) {
    return access(path) == Access.WRITE
        && !isDenied(path)
        && untouchable.stream().noneMatch(path::startsWith)
        && !isWithinGit(path);
  }

  private boolean isDenied(Path path) {
    return unreadable.stream().anyMatch(path::startsWith)
        || denied.stream().anyMatch(pattern -> pattern.matchesOrHolds(path));
  }

  private static boolean isWithinGit(Path path) {
    for (Path name : path) {
      if (name.equals(GIT)) {
        return true;
      }
    }
    return false;
  }

  /// The access by rules alone.
  public Access access(Path path) {
    return grants.stream()
        .filter(grant -> path.startsWith(grant.path()))
        .max(
            Comparator.<Grant>comparingInt(grant -> grant.path().getNameCount())
                .thenComparing(Grant::access))
        .map(Grant::access)
        .orElse(Access.NONE);
  }
}
