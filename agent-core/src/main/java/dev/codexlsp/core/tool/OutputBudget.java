package dev.codexlsp.core.tool;

import dev.codexlsp.core.tool.ToolArguments.Unusable;
import org.jspecify.annotations.Nullable;

/// How many tokens of output a call returns. Pure.
final class OutputBudget {
  private static final int DEFAULT_TOKENS = 10_000;

  private OutputBudget() {}

  static int of(@Nullable Integer wish) throws Unusable {
    if (wish != null && wish < 1) {
      throw new Unusable("`max_output_tokens` must be positive, not " + wish);
    }
    return wish == null ? DEFAULT_TOKENS : wish;
  }
}
