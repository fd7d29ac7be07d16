package dev.codexlsp.exec.local;

import dev.codexlsp.exec.sandbox.Confinement;
import dev.codexlsp.exec.sandbox.FileAccess;
import dev.codexlsp.exec.sandbox.FileAccess.Grant;
import dev.codexlsp.exec.sandbox.FileRule.Access;
import dev.codexlsp.exec.sandbox.Landlock;
import dev.codexlsp.exec.sandbox.PathFacts;
import dev.codexlsp.exec.sandbox.PathFacts.Kind;
import dev.codexlsp.exec.sandbox.UnconfinableException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Looks at the disk for what the limits of a command depend on, anew for each, as the command
/// before may have changed it. Any thread may call it; it waits for the disk on that thread.
final class DiskFacts {
  private static final Path TEMPORARY = Path.of("/tmp");

  /// In a workspace.
  private static final int MOST_FOLDERS = 20_000;

  /// In folders for temporary files, which hold everything and are nobody's work.
  private static final int MOST_TEMPORARY_FOLDERS = 2_000;

  /// Beside what is not to be read, where it takes a word each.
  private static final int MOST_ENTRIES = 10_000;

  private final NestedRepositories repositories = new NestedRepositories();
  private final ForeignSockets sockets;
  private final MountPoints mountPoints;
  private final @Nullable Path home;

  /// @param environment of this process
  DiskFacts(Map<String, String> environment, MountPoints mountPoints) {
    String name = environment.getOrDefault("HOME", "");
    home = name.startsWith("/") ? Path.of(name) : null;
    sockets = new ForeignSockets(environment);
    this.mountPoints = mountPoints;
  }

  /// @param confinement without links in its paths
  PathFacts gather(Confinement confinement) throws UnconfinableException {
    FileAccess rules = FileAccess.of(confinement);
    Set<Path> unreadable = new LinkedHashSet<>(DeniedFiles.find(rules.denied()));
    for (Path path : rules.unreadable()) {
      if (Files.exists(path)) {
        unreadable.add(RealPaths.of(path));
      }
    }
    Set<Path> untouchable = untouchable(rules, confinement);
    Set<Path> foreign =
        confinement.hasNetwork() ? sockets.find(confinement.workspaceRoots()) : Set.of();
    Kinds kinds = new Kinds();
    rules.grants().forEach(grant -> kinds.add(grant.path()));
    rules.untouchable().forEach(kinds::add);
    unreadable.forEach(kinds::add);
    untouchable.forEach(kinds::add);
    foreign.forEach(kinds::add);
    return new PathFacts(
        kinds.found, List.copyOf(unreadable), List.copyOf(untouchable), List.copyOf(foreign));
  }

  /// What is to be allowed so that a command reads what it may.
  ///
  /// @param confinement without links in its paths
  Map<Path, Landlock.Right> readable(Confinement confinement) throws UnconfinableException {
    FileAccess rules = FileAccess.of(confinement);
    PathFacts facts = gather(confinement);
    Map<Path, List<Path>> entries = new HashMap<>();
    int left = MOST_ENTRIES;
    for (Path folder : Landlock.folders(rules, facts)) {
      List<Path> found = entries(folder, left);
      left -= found.size();
      entries.put(folder, found);
    }
    return Landlock.plan(rules, facts, entries);
  }

  /// Without links: what they lead to has a name of its own. Nothing, where nothing can be seen.
  private static List<Path> entries(Path folder, int most) throws UnconfinableException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      for (Path path : all) {
        if (!Files.isSymbolicLink(path)) {
          found.add(path);
        }
        if (found.size() > most) {
          throw new UnconfinableException("too much lies beside what is not to be read: " + folder);
        }
      }
    } catch (IOException | DirectoryIteratorException _) {
      return List.of();
    }
    return found;
  }

  /// What git takes its orders from, as far as it lies where the rules allow writing.
  Set<Path> untouchable(FileAccess rules, Confinement confinement) {
    Set<Path> found = new LinkedHashSet<>();
    for (Path root : writable(rules, confinement)) {
      boolean isTemporary = root.equals(TEMPORARY) || root.equals(confinement.tmpdir());
      int most = isTemporary ? MOST_TEMPORARY_FOLDERS : MOST_FOLDERS;
      for (Path folder : repositories.below(root, most)) {
        found.addAll(new GitFolders(home, folder).find());
      }
    }
    found.removeIf(path -> rules.access(path) != Access.WRITE);
    return found;
  }

  /// Where everything is writable it is the workspace that counts: nobody looks through a disk.
  private static List<Path> writable(FileAccess rules, Confinement confinement) {
    List<Path> roots = new ArrayList<>();
    for (Grant grant : rules.grants()) {
      if (grant.access() == Access.WRITE && grant.path().getNameCount() > 0) {
        roots.add(grant.path());
      } else if (grant.access() == Access.WRITE) {
        roots.addAll(confinement.workspaceRoots());
      }
    }
    return roots.stream().filter(Files::isDirectory).distinct().toList();
  }

  /// Asks the disk once about each name.
  private final class Kinds {
    private final Map<Path, Kind> found = new HashMap<>();

    void add(Path path) {
      for (@Nullable Path at = path; at != null; at = at.getParent()) {
        if (found.putIfAbsent(at, Kind.MISSING) != null) {
          return;
        }
        found.put(at, kind(at));
      }
    }

    private Kind kind(Path path) {
      if (mountPoints.contains(path)) {
        return Kind.MISSING;
      }
      try {
        BasicFileAttributes attributes =
            Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (attributes.isSymbolicLink()) {
          return Kind.LINK;
        }
        return attributes.isDirectory() ? Kind.DIRECTORY : Kind.FILE;
      } catch (IOException _) {
        @Nullable Path parent = path.getParent();
        boolean isUnmakeable =
            parent != null && Files.isDirectory(parent) && !Files.isWritable(parent);
        return isUnmakeable ? Kind.UNMAKEABLE : Kind.MISSING;
      }
    }
  }
}
