package dev.codexlsp.server.protocol;

import dev.codexlsp.core.thread.CollaborationMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The ways of working together.
public record CollaborationModeListResponse(List<Preset> data) {
  public CollaborationModeListResponse {
    data = List.copyOf(data);
  }

  /// One of them.
  ///
  /// @param name for the user
  /// @param model null for that of the thread
  /// @param effort what is usual in this mode; null for that of the thread
  public record Preset(
      String name, CollaborationMode mode, @Nullable String model, @Nullable String effort) {}
}
