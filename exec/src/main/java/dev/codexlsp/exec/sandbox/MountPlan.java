package dev.codexlsp.exec.sandbox;

import dev.codexlsp.exec.sandbox.FileRule.Access;
import dev.codexlsp.exec.sandbox.PathFacts.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Lays mounts over each other until they allow what a [FileAccess] allows: folders first, what
/// lies in them later, so that the deepest decides.
///
/// A mount that protects is made even where nothing is yet, because a command could otherwise make
/// it. What is protected must not be a link: the mount would be where the link leads, and the link
/// could be replaced.
final class MountPlan {
  private static final Path ROOT = Path.of("/");

  private final FileAccess rules;
  private final PathFacts facts;
  private final Map<Path, Access> wanted = new HashMap<>();

  /// What lies there by the mounts that are planned already.
  private final Map<Path, Access> planned = new HashMap<>();

  private final List<String> words = new ArrayList<>();
  private final Set<Path> mountPoints = new LinkedHashSet<>();
  private final List<String> sealing = new ArrayList<>();

  /// Words for bubblewrap.
  ///
  /// @param mountPoints folders that are to be there before and empty, and to be removed after
  record Mounts(List<String> words, List<Path> mountPoints) {
    Mounts {
      words = List.copyOf(words);
      mountPoints = List.copyOf(mountPoints);
    }
  }

  private MountPlan(FileAccess rules, PathFacts facts) {
    this.rules = rules;
    this.facts = facts;
  }

  static Mounts of(FileAccess rules, PathFacts facts) throws UnconfinableException {
    return new MountPlan(rules, facts).make();
  }

  private Mounts make() throws UnconfinableException {
    rules.grants().forEach(grant -> want(grant.path(), grant.access()));
    protect(rules.untouchable());
    protect(facts.untouchable());
    facts.unreadable().forEach(path -> wanted.put(path, Access.NONE));
    for (Path socket : facts.sockets()) {
      // A workspace may lie in a folder of sockets; it is mounted over that later.
      wanted.putIfAbsent(socket, Access.NONE);
    }
    planRoot();
    List<Path> paths = new ArrayList<>(wanted.keySet());
    paths.sort(Comparator.comparingInt(Path::getNameCount).thenComparing(path -> path));
    for (Path path : paths) {
      plan(path, wanted.getOrDefault(path, Access.NONE));
    }
    words.addAll(sealing);
    return new Mounts(words, List.copyOf(mountPoints));
  }

  private void want(Path path, Access access) {
    boolean isProtected = isBelow(path, rules.untouchable()) || isBelow(path, facts.untouchable());
    Access allowed = isProtected && access == Access.WRITE ? Access.READ : access;
    wanted.merge(path, allowed, MountPlan::later);
  }

  private static Access later(Access one, Access other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static boolean isBelow(Path path, Collection<Path> folders) {
    return folders.stream().anyMatch(path::startsWith);
  }

  private void protect(List<Path> paths) {
    for (Path path : paths) {
      wanted.merge(
          path, Access.READ, (before, _) -> before == Access.NONE ? Access.NONE : Access.READ);
    }
  }

  private void planRoot() {
    @Nullable Access root = wanted.remove(ROOT);
    switch (root == null ? Access.NONE : root) {
      case READ -> words.addAll(List.of("--ro-bind", "/", "/"));
      case WRITE -> words.addAll(List.of("--bind", "/", "/"));
      case NONE -> {
        words.addAll(List.of("--tmpfs", "/"));
        sealing.addAll(List.of("--remount-ro", "/"));
      }
    }
    planned.put(ROOT, root == null ? Access.NONE : root);
    words.addAll(Bubblewrap.KERNEL_FILES);
  }

  private void plan(Path path, Access access) throws UnconfinableException {
    Access around = around(path);
    if (access == around || Bubblewrap.isOwnMount(path)) {
      return;
    }
    if (around == Access.WRITE) {
      refuseLinks(path);
    }
    switch (facts.kind(path)) {
      case DIRECTORY -> mount(path, access, true);
      case FILE -> mount(path, access, false);
      case MISSING -> {
        // Elsewhere nobody can make it.
        if (around == Access.WRITE) {
          keepMissing(path);
        }
      }
      case UNMAKEABLE -> {}
      case LINK -> {
        // It is a link of the system, which stays what it is; there is nothing of it in here yet.
        if (around == Access.NONE) {
          mount(path, access, true);
        }
      }
    }
  }

  private void refuseLinks(Path path) throws UnconfinableException {
    for (@Nullable Path at = path; at != null; at = at.getParent()) {
      if (facts.kind(at) == Kind.LINK) {
        throw new UnconfinableException("protected path is a symbolic link: " + at);
      }
    }
  }

  private Access around(Path path) {
    for (@Nullable Path at = path.getParent(); at != null; at = at.getParent()) {
      @Nullable Access access = planned.get(at);
      if (access != null) {
        return access;
      }
    }
    return Access.NONE;
  }

  /// The first of the folders that are missing is kept from being made, and all below with it.
  private void keepMissing(Path path) {
    Path first = path;
    for (@Nullable Path at = path.getParent(); at != null; at = at.getParent()) {
      if (facts.kind(at) == Kind.MISSING) {
        first = at;
      }
    }
    if (mountPoints.add(first)) {
      words.addAll(List.of("--perms", "555", "--tmpfs", first.toString()));
      sealing.addAll(List.of("--remount-ro", first.toString()));
      planned.put(first, Access.READ);
    }
  }

  private void mount(Path path, Access access, boolean isDirectory) {
    String name = path.toString();
    switch (access) {
      case READ -> words.addAll(List.of("--ro-bind", name, name));
      case WRITE -> words.addAll(List.of("--bind", name, name));
      case NONE -> {
        if (isDirectory) {
          boolean hasMore =
              wanted.keySet().stream().anyMatch(one -> one.startsWith(path) && !one.equals(path));
          words.addAll(List.of("--perms", hasMore ? "111" : "000", "--tmpfs", name));
          sealing.addAll(List.of("--remount-ro", name));
        } else {
          // A device on a mount that knows no devices: it cannot be opened.
          words.addAll(List.of("--ro-bind", "/dev/null", name));
        }
      }
    }
    planned.put(path, access);
  }
}
