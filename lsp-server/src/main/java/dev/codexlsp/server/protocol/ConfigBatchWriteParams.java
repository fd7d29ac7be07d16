package dev.codexlsp.server.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Several changes, all or none.
///
/// @param filePath the user's file, the only one that can be written
/// @param expectedVersion refuses to write over a newer one
/// @param reloadUserConfig of no effect: the next turn of every thread reads what has changed
public record ConfigBatchWriteParams(
    List<ConfigEdit> edits,
    @Nullable String filePath,
    @Nullable String expectedVersion,
    boolean reloadUserConfig) {
  public ConfigBatchWriteParams {
    edits = List.copyOf(edits);
  }
}
