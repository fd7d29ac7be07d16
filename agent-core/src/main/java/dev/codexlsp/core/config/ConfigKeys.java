package dev.codexlsp.core.config;

import dev.codexlsp.core.config.ConfigKey.Scope;
import dev.codexlsp.core.toml.TomlValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Every key that we know, on one page. The page of the documentation is made from it, unknown keys
/// are found by it, and it says what a project may not set.
final class ConfigKeys {
  private ConfigKeys() {}

  static final List<ConfigKey> ALL = ConfigRows.all();

  private static final Branch TREE = tree();

  /// A key and what may stand below it.
  private record Branch(Map<String, Branch> below, List<ConfigKey> here) {
    Branch() {
      this(new HashMap<>(), new ArrayList<>());
    }

    @Nullable Branch child(String name) {
      Branch named = below.get(name);
      return named == null ? below.get("*") : named;
    }

    @Nullable ConfigKey key() {
      return here.isEmpty() ? null : here.getFirst();
    }
  }

  private static Branch tree() {
    Branch root = new Branch();
    for (ConfigKey key : ALL) {
      Branch branch = root;
      for (String name : key.path()) {
        branch = branch.below().computeIfAbsent(name, _ -> new Branch());
      }
      branch.here().add(key);
    }
    return root;
  }

  /// The dotted names of what nobody knows, with the values.
  static void unknown(TomlValue.Table table, BiConsumer<String, TomlValue> found) {
    unknown("", table, TREE, found);
  }

  private static void unknown(
      String prefix, TomlValue.Table table, Branch branch, BiConsumer<String, TomlValue> found) {
    table
        .entries()
        .forEach((name, value) -> {
          String path = prefix + name;
          Branch child = branch.child(name);
          if (child == null) {
            if (!isAccepted(branch)) {
              found.accept(path, value);
            }
          } else if (value instanceof TomlValue.Table below && !isOpen(child)) {
            unknown(path + ".", below, child, found);
          }
        });
  }

  private static boolean isOpen(Branch branch) {
    ConfigKey key = branch.key();
    return key != null && key.isOpen() && branch.below().isEmpty();
  }

  /// Whether the branch takes any name.
  private static boolean isAccepted(Branch branch) {
    ConfigKey key = branch.key();
    return key != null && key.use() == ConfigKey.Use.ACCEPTED;
  }

  /// What is left of a table when those keys are taken out that its source may not set.
  ///
  /// @param found told the dotted name of each of those
  static TomlValue.Table allowed(TomlValue.Table table, Scope least, Consumer<String> found) {
    return allowed("", table, TREE, least, found);
  }

  private static TomlValue.Table allowed(
      String prefix, TomlValue.Table table, Branch branch, Scope least, Consumer<String> found) {
    Map<String, TomlValue> kept = new LinkedHashMap<>();
    table
        .entries()
        .forEach((name, value) -> {
          Branch child = branch.child(name);
          ConfigKey key = child == null ? null : child.key();
          if (key != null && key.scope().compareTo(least) > 0) {
            found.accept(prefix + name);
          } else if (child != null && value instanceof TomlValue.Table below && !isOpen(child)) {
            kept.put(name, allowed(prefix + name + ".", below, child, least, found));
          } else {
            kept.put(name, value);
          }
        });
    return new TomlValue.Table(kept, table.place());
  }

  /// What is left of a table when those keys are taken out that nobody knows.
  static TomlValue.Table known(TomlValue.Table table) {
    return known(table, TREE);
  }

  private static TomlValue.Table known(TomlValue.Table table, Branch branch) {
    Map<String, TomlValue> kept = new LinkedHashMap<>();
    table
        .entries()
        .forEach((name, value) -> {
          Branch child = branch.child(name);
          if (child != null && value instanceof TomlValue.Table below && !isOpen(child)) {
            kept.put(name, known(below, child));
          } else if (child != null || isAccepted(branch)) {
            kept.put(name, value);
          }
        });
    return new TomlValue.Table(kept, table.place());
  }

  /// Adds what holds without being said, of the keys that we act on. One of the first level without
  /// a default becomes null.
  static void addDefaults(Map<String, Object> effective) {
    for (ConfigKey key : ALL) {
      if (key.path().size() == 1 && key.use() == ConfigKey.Use.READ) {
        effective.putIfAbsent(key.path().getFirst(), key.value());
      }
    }
    for (ConfigKey key : ALL) {
      boolean isOne = key.path().size() > 1 && !key.path().contains("*");
      if (isOne && key.use() == ConfigKey.Use.READ && key.value() != null) {
        put(effective, key.path(), key.value());
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static void put(Map<String, Object> effective, List<String> path, Object value) {
    Map<String, Object> table = effective;
    for (String name : path.subList(0, path.size() - 1)) {
      Object below = table.computeIfAbsent(name, _ -> new LinkedHashMap<>());
      if (!(below instanceof Map<?, ?>)) {
        return;
      }
      table = (Map<String, Object>) below;
    }
    table.putIfAbsent(path.getLast(), value);
  }

  /// What a key of this path is; null for one that nobody knows.
  static @Nullable ConfigKey find(List<String> path) {
    Branch branch = TREE;
    for (String name : path) {
      branch = branch == null ? null : branch.child(name);
    }
    return branch == null ? null : branch.key();
  }
}
