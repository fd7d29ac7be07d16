package dev.codexlsp.core.turn;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a client wants the model's service to know from a message on.
///
/// @param all in the place of what was said before in the turn; null keeps that
/// @param more comes on top
public record ClientMetadata(@Nullable Map<String, String> all, Map<String, String> more) {
  public static final ClientMetadata NONE = new ClientMetadata(null, Map.of());

  public ClientMetadata {
    all = all == null ? null : Map.copyOf(all);
    more = Map.copyOf(more);
  }

  Map<String, String> over(Map<String, String> before) {
    Map<String, String> now = new HashMap<>(all == null ? before : all);
    now.putAll(more);
    return now;
  }
}
