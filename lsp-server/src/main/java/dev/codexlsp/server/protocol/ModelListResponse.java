package dev.codexlsp.server.protocol;

import dev.codexlsp.core.ModelList;
import dev.codexlsp.core.model.ModelInfo;
import dev.codexlsp.core.thread.CodexException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A page of models in the order in which they are offered.
///
/// @param nextCursor for the next page; null on the last one
public record ModelListResponse(List<Model> data, @Nullable String nextCursor) {
  public ModelListResponse {
    data = List.copyOf(data);
  }

  /// A model as clients of the original know it.
  ///
  /// @param id the same as `model`
  /// @param supportsPersonality we know none
  /// @param isDefault whether it runs unless somebody says otherwise
  public record Model(
      String id,
      String model,
      String displayName,
      String description,
      boolean hidden,
      List<Effort> supportedReasoningEfforts,
      String defaultReasoningEffort,
      List<String> inputModalities,
      boolean supportsPersonality,
      List<String> additionalSpeedTiers,
      List<String> serviceTiers,
      boolean isDefault) {
    public Model {
      supportedReasoningEfforts = List.copyOf(supportedReasoningEfforts);
      inputModalities = List.copyOf(inputModalities);
      additionalSpeedTiers = List.copyOf(additionalSpeedTiers);
      serviceTiers = List.copyOf(serviceTiers);
    }

    static Model of(ModelInfo model, boolean isDefault) {
      return new Model(
          model.slug(),
          model.slug(),
          model.displayName(),
          model.description(),
          model.isHidden(),
          model.efforts().stream()
              .map(effort -> new Effort(effort.effort(), effort.description()))
              .toList(),
          Objects.requireNonNullElse(model.reasoningEffort(), "none"),
          model.seesImages() ? List.of("text", "image") : List.of("text"),
          false,
          List.of(),
          List.of(),
          isDefault);
    }
  }

  /// A reasoning effort, and what it is good for.
  public record Effort(String reasoningEffort, String description) {}

  /// The page that is asked for. Its cursor is the number of models before it.
  public static ModelListResponse page(ModelList.Choice choice, ModelListParams params) {
    List<ModelInfo> all = choice.models();
    int start = start(params.cursor(), all.size());
    int left = all.size() - start;
    int size = params.limit() == null ? left : Math.clamp(params.limit(), 1, Math.max(1, left));
    int end = Math.min(all.size(), start + size);
    return new ModelListResponse(
        all.subList(start, end).stream()
            .map(model -> Model.of(model, model.slug().equals(choice.standard())))
            .toList(),
        end == all.size() ? null : Integer.toString(end));
  }

  private static int start(@Nullable String cursor, int size) {
    if (cursor == null) {
      return 0;
    }
    int start;
    try {
      start = Integer.parseUnsignedInt(cursor);
    } catch (NumberFormatException malformed) {
      throw new CodexException("invalid cursor: " + cursor);
    }
    if (start < 0 || start > size) {
      throw new CodexException("cursor " + cursor + " exceeds total models " + size);
    }
    return start;
  }
}
