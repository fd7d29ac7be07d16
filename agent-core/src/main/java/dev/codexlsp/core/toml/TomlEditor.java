package dev.codexlsp.core.toml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Changes a text so that it means what is wanted and is otherwise the same to the character.
///
/// Belongs to one caller. A value that is already there is left as it is written; a table is
/// changed key by key, so that the comments of the keys that stay are kept.
public final class TomlEditor {
  private static final Origin NOWHERE = new Origin() {};

  private final TomlSplicer splicer;
  private final Map<String, Object> wanted;

  private TomlEditor(String text) throws TomlSyntaxException {
    splicer = new TomlSplicer(text);
    wanted = mutable(TomlText.parse(text, NOWHERE).plain());
  }

  /// The text with all the changes made, in their order.
  ///
  /// @throws TomlSyntaxException when the text is not TOML
  public static String apply(String text, List<TomlEdit> edits)
      throws TomlSyntaxException, TomlEdit.Refused {
    TomlEditor editor = new TomlEditor(text);
    for (TomlEdit edit : edits) {
      editor.apply(edit);
    }
    return editor.checked();
  }

  /// What the scanner gets wrong must not reach a file.
  private String checked() throws TomlEdit.Refused {
    String text = splicer.text();
    try {
      if (pruned(TomlText.parse(text, NOWHERE).plain()).equals(pruned(wanted))) {
        return text;
      }
    } catch (TomlSyntaxException _) {
      // Told below.
    }
    throw new TomlEdit.Refused("the file cannot be changed in place; please edit it by hand");
  }

  private void apply(TomlEdit edit) throws TomlSyntaxException, TomlEdit.Refused {
    Object value = edit.value();
    requireTables(edit.path());
    if (value == null) {
      remove(edit.path());
    } else {
      set(edit.path(), value, edit.replaces());
    }
  }

  private void requireTables(List<String> path) throws TomlEdit.Refused {
    for (int length = 1; length < path.size(); length++) {
      Object parent = at(path.subList(0, length));
      if (parent != null && !(parent instanceof Map<?, ?>)) {
        throw new TomlEdit.Refused("cannot set value on non-table parent");
      }
    }
  }

  private void set(List<String> path, Object value, boolean replaces) throws TomlSyntaxException {
    Object known = at(path);
    if (value instanceof Map<?, ?> table && !table.isEmpty()) {
      if (known instanceof Map<?, ?> old) {
        for (Object key : replaces ? List.copyOf(old.keySet()) : List.of()) {
          if (table.get(key) == null) {
            remove(joined(path, key));
          }
        }
      } else if (known != null) {
        remove(path);
      }
      for (Map.Entry<?, ?> entry : table.entrySet()) {
        if (entry.getValue() != null) {
          set(joined(path, entry.getKey()), entry.getValue(), replaces);
        }
      }
    } else if (!value.equals(known)
        && !(known instanceof Map<?, ?> && isEmpty(value) && !replaces)) {
      splicer.set(path, value);
      put(path, value);
    }
  }

  private static boolean isEmpty(Object value) {
    return value instanceof Map<?, ?> map && map.isEmpty();
  }

  private void remove(List<String> path) throws TomlSyntaxException {
    if (at(path) != null) {
      splicer.remove(path);
      if (parent(path) instanceof Map<?, ?> table) {
        table.remove(path.getLast());
      }
    }
  }

  private static List<String> joined(List<String> path, Object key) {
    List<String> joined = new ArrayList<>(path);
    joined.add(String.valueOf(key));
    return joined;
  }

  private @Nullable Object parent(List<String> path) {
    return at(path.subList(0, path.size() - 1));
  }

  private @Nullable Object at(List<String> path) {
    Object found = wanted;
    for (String key : path) {
      found = found instanceof Map<?, ?> table ? table.get(key) : null;
    }
    return found;
  }

  @SuppressWarnings("unchecked")
  private void put(List<String> path, Object value) {
    Map<String, Object> table = wanted;
    for (String key : path.subList(0, path.size() - 1)) {
      table = (Map<String, Object>) table.computeIfAbsent(key, _ -> new LinkedHashMap<>());
    }
    table.put(path.getLast(), value instanceof Map<?, ?> map ? mutable(map) : value);
  }

  private static Map<String, Object> mutable(Map<?, ?> map) {
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach((key, value) ->
        copy.put(String.valueOf(key), value instanceof Map<?, ?> table ? mutable(table) : value));
    return copy;
  }

  /// Without empty tables: whether one is left behind by what has gone, nobody can see.
  private static Map<String, Object> pruned(Map<?, ?> map) {
    Map<String, Object> pruned = new LinkedHashMap<>();
    map.forEach((key, value) -> {
      Object kept = value instanceof Map<?, ?> table ? pruned(table) : value;
      if (!isEmpty(kept)) {
        pruned.put(String.valueOf(key), kept);
      }
    });
    return pruned;
  }
}
