package dev.codexlsp.server.protocol;

import com.google.gson.JsonParser;
import dev.codexlsp.core.config.ConfigWriter;
import dev.codexlsp.core.thread.RawJson;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A change of the user's configuration.
///
/// @param keyPath dotted; a key with other characters stands in quotation marks
/// @param value null takes the key away
public record ConfigEdit(String keyPath, @Nullable RawJson value, MergeStrategy mergeStrategy) {
  public ConfigEdit {
    // Null itself is a value, and takes the key away.
    if (value == null) {
      throw new IllegalArgumentException("missing field `value`");
    }
  }

  /// What becomes of the keys that a table has already.
  public enum MergeStrategy {
    REPLACE,
    UPSERT
  }

  public ConfigWriter.Edit edit() {
    return new ConfigWriter.Edit(
        keyPath,
        PlainJson.of(JsonParser.parseString(Objects.requireNonNull(value).text())),
        mergeStrategy == MergeStrategy.REPLACE);
  }
}
