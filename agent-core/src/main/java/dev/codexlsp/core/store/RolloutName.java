package dev.codexlsp.core.store;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The name of a rollout's file, which ends with the id of its thread.
final class RolloutName {
  private static final Pattern FORM =
      Pattern.compile("rollout-.*-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\\.jsonl");

  private RolloutName() {}

  /// Null for any other file.
  static @Nullable String threadId(Path file) {
    Matcher name = FORM.matcher(String.valueOf(file.getFileName()));
    return name.matches() ? name.group(1) : null;
  }

  static boolean isRollout(Path file) {
    return threadId(file) != null;
  }
}
