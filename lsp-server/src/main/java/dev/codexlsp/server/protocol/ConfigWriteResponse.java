package dev.codexlsp.server.protocol;

import dev.codexlsp.core.config.ConfigWriter;
import dev.codexlsp.core.thread.RawJson;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What has been written.
///
/// @param filePath the file itself, when the user's is a link
/// @param overriddenMetadata why a value does not count; null when all do
public record ConfigWriteResponse(
    WriteStatus status,
    String version,
    Path filePath,
    @Nullable OverriddenMetadata overriddenMetadata) {

  /// Whether what was written counts.
  public enum WriteStatus {
    OK,
    OK_OVERRIDDEN
  }

  /// Who says something else.
  public record OverriddenMetadata(
      String message, ConfigReadResponse.Metadata overridingLayer, RawJson effectiveValue) {}

  public static ConfigWriteResponse of(ConfigWriter.Written written) {
    ConfigWriter.Overridden by = written.overridden();
    return new ConfigWriteResponse(
        by == null ? WriteStatus.OK : WriteStatus.OK_OVERRIDDEN,
        written.version(),
        written.file(),
        by == null
            ? null
            : new OverriddenMetadata(
                by.message(),
                new ConfigReadResponse.Metadata(by.layer().source(), by.layer().version()),
                PlainJson.raw(by.effectiveValue())));
  }
}
