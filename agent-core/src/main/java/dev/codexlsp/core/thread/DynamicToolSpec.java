package dev.codexlsp.core.thread;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// What a client brings along for the model to call. A name that a model could not call, or that is
/// there twice, is refused with an [IllegalArgumentException].
public sealed interface DynamicToolSpec {
  int LONGEST_NAME = 128;
  int LONGEST_NAMESPACE = 64;

  String name();

  /// One tool.
  ///
  /// @param inputSchema a JSON Schema
  /// @param deferLoading whether the model hears of it only when it looks for it; ours always hear
  record Function(String name, String description, RawJson inputSchema, boolean deferLoading)
      implements DynamicToolSpec {
    public Function {
      Names.require("tool name", name, LONGEST_NAME);
      if (!inputSchema.text().startsWith("{")) {
        throw new IllegalArgumentException("the schema of tool `" + name + "` is no object");
      }
    }
  }

  /// Several that belong together.
  record Namespace(String name, String description, List<Function> tools)
      implements DynamicToolSpec {
    public Namespace {
      Names.require("namespace", name, LONGEST_NAMESPACE);
      tools = List.copyOf(tools);
      if (tools.isEmpty()) {
        throw new IllegalArgumentException("namespace `" + name + "` has no tools");
      }
      requireUnique(tools);
    }
  }

  /// Refuses tools of which two have one name.
  static void requireUnique(List<? extends DynamicToolSpec> tools) {
    Set<String> names = new HashSet<>();
    for (DynamicToolSpec tool : tools) {
      if (!names.add(tool.name())) {
        throw new IllegalArgumentException("two tools are called `" + tool.name() + "`");
      }
    }
  }

  /// What the Responses API takes as a name.
  final class Names {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+");

    private Names() {}

    private static void require(String what, String name, int longest) {
      if (name.length() > longest) {
        throw new IllegalArgumentException(
            "a "
                + what
                + " is longer than "
                + longest
                + " characters: "
                + name.substring(0, longest)
                + "…");
      }
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "a " + what + " must be letters, digits, `_` and `-`, not `" + name + "`");
      }
    }
  }
}
