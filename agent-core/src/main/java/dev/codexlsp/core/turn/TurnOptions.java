package dev.codexlsp.core.turn;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/// What counts for one turn only.
///
/// @param outputSchema what its answers have to look like
/// @param serviceTier instead of that of the thread
public record TurnOptions(@Nullable JsonObject outputSchema, @Nullable String serviceTier) {
  public static final TurnOptions NONE = new TurnOptions(null, null);

  /// Whether a turn with the given options answers in the form wanted here. Who wants none takes
  /// any.
  public boolean isMetBy(TurnOptions running) {
    return outputSchema == null || outputSchema.equals(running.outputSchema);
  }
}
