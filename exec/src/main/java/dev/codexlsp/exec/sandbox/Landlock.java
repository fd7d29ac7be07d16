package dev.codexlsp.exec.sandbox;

import dev.codexlsp.exec.sandbox.FileAccess.Grant;
import dev.codexlsp.exec.sandbox.FileRule.Access;
import dev.codexlsp.exec.sandbox.PathFacts.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What the kernel's own rules for files must allow so that a command reads what a [FileAccess]
/// lets it read, and writes nothing.
///
/// These rules only ever add: who may read a folder may read all below. So a folder that holds
/// something which is not to be read is not allowed itself; what lies beside the hole is, one by
/// one, and the names in the folder may be listed. What is made there later is not readable until
/// the next command: that is the price, and it also closes the hole for a file that is made later.
/// What cannot be said this way is refused: writing, and a folder that is not to be read within one
/// that is, as its names could be listed.
public final class Landlock {
  private static final Path DEVICES = Path.of("/dev");
  private static final int MOST_ALLOWANCES = 10_000;

  /// Devices that are no data of anybody, and the terminal of the command itself.
  private static final Map<Path, Right> OPEN_DEVICES =
      Map.of(
          DEVICES.resolve("null"), Right.USE,
          DEVICES.resolve("zero"), Right.USE,
          DEVICES.resolve("full"), Right.USE,
          DEVICES.resolve("tty"), Right.USE,
          DEVICES.resolve("random"), Right.READ,
          DEVICES.resolve("urandom"), Right.READ);

  private final FileAccess rules;
  private final PathFacts facts;
  private final Set<Path> holes;
  private final Map<Path, Right> allowed = new LinkedHashMap<>(OPEN_DEVICES);

  /// What is allowed by a path, itself and all below.
  public enum Right {
    /// The names in folders.
    LIST,

    /// Contents, names in folders, and running programs.
    READ,

    /// Reading, writing and controlling a device.
    USE
  }

  private Landlock(FileAccess rules, PathFacts facts) {
    this.rules = rules;
    this.facts = facts;
    this.holes = holes(rules, facts);
  }

  /// The folders whose entries are to be known, since there is a hole somewhere below. Some may not
  /// be there.
  public static Set<Path> folders(FileAccess rules, PathFacts facts) {
    Set<Path> folders = new LinkedHashSet<>();
    for (Path hole : holes(rules, facts)) {
      for (@Nullable Path at = hole.getParent(); at != null; at = at.getParent()) {
        folders.add(at);
      }
    }
    return folders;
  }

  /// What is to be allowed; all else is not.
  ///
  /// @param entries of the [#folders] that are there, without links
  /// @throws UnconfinableException when the limits cannot be kept this way
  public static Map<Path, Right> plan(
      FileAccess rules, PathFacts facts, Map<Path, List<Path>> entries)
      throws UnconfinableException {
    Landlock plan = new Landlock(rules, facts);
    plan.refuseFolders();
    for (Grant grant : rules.grants()) {
      switch (grant.access()) {
        case WRITE ->
            throw new UnconfinableException("landlock is for who writes nothing: " + grant.path());
        case READ -> plan.allow(grant.path(), entries);
        case NONE -> {}
      }
    }
    return Map.copyOf(plan.allowed);
  }

  private static Set<Path> holes(FileAccess rules, PathFacts facts) {
    Set<Path> holes = new TreeSet<>(rules.unreadable());
    holes.addAll(facts.unreadable());
    holes.add(DEVICES);
    for (Grant grant : rules.grants()) {
      if (grant.access() == Access.NONE) {
        holes.add(grant.path());
      }
    }
    return holes;
  }

  private void refuseFolders() throws UnconfinableException {
    for (Path hole : holes) {
      @Nullable Path parent = hole.getParent();
      boolean isListed = parent != null && rules.access(parent) == Access.READ;
      if (isListed && !hole.equals(DEVICES) && facts.kind(hole) == Kind.DIRECTORY) {
        throw new UnconfinableException("landlock cannot hide the names in a folder: " + hole);
      }
    }
  }

  private void allow(Path path, Map<Path, List<Path>> entries) throws UnconfinableException {
    if (holes.stream().anyMatch(path::startsWith)) {
      return;
    }
    List<Path> below = holes.stream().filter(hole -> hole.startsWith(path)).toList();
    if (below.isEmpty()) {
      add(path, Right.READ);
      return;
    }
    add(path, Right.LIST);
    Set<Path> inside = new LinkedHashSet<>(entries.getOrDefault(path, List.of()));
    // A folder that cannot be listed may still be passed through.
    below.forEach(hole -> inside.add(path.resolve(hole.getName(path.getNameCount()))));
    for (Path each : new ArrayList<>(inside)) {
      allow(each, entries);
    }
  }

  private void add(Path path, Right right) throws UnconfinableException {
    allowed.merge(path, right, (one, other) -> one.compareTo(other) > 0 ? one : other);
    if (allowed.size() > MOST_ALLOWANCES) {
      throw new UnconfinableException("too much lies beside what is not to be read: " + path);
    }
  }
}
