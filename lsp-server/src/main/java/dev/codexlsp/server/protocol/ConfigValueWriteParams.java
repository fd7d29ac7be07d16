package dev.codexlsp.server.protocol;

import dev.codexlsp.core.thread.RawJson;
import org.jspecify.annotations.Nullable;

/// One change; see [ConfigEdit] and [ConfigBatchWriteParams] for the members.
public record ConfigValueWriteParams(
    String keyPath,
    @Nullable RawJson value,
    ConfigEdit.MergeStrategy mergeStrategy,
    @Nullable String filePath,
    @Nullable String expectedVersion) {
  public ConfigValueWriteParams {
    // Null itself is a value, and takes the key away.
    if (value == null) {
      throw new IllegalArgumentException("missing field `value`");
    }
  }

  public ConfigEdit edit() {
    return new ConfigEdit(keyPath, value, mergeStrategy);
  }
}
