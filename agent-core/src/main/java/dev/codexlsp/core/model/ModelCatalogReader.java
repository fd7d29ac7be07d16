package dev.codexlsp.core.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.codexlsp.core.model.ModelInfo.Effort;
import dev.codexlsp.core.model.ModelInfo.PatchForm;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads descriptions of models. Whatever is missing is guessed as for a model that is not known;
/// members that mean nothing here are left alone. Pure.
final class ModelCatalogReader {
  /// A file of the user holds a handful.
  private static final int MAX_MODELS = 500;

  private static final long LAST = Long.MAX_VALUE;

  private ModelCatalogReader() {}

  private record Ranked(long priority, ModelInfo model) {}

  /// The models by their priority.
  ///
  /// @throws IllegalArgumentException when it is not a catalogue
  static List<ModelInfo> read(String text) {
    JsonObject root = Json.object(text);
    if (root == null || !(root.get("models") instanceof JsonArray models)) {
      throw new IllegalArgumentException("not an object with a list `models`");
    }
    if (models.size() > MAX_MODELS) {
      throw new IllegalArgumentException("more than " + MAX_MODELS + " models");
    }
    List<Ranked> ranked = new ArrayList<>();
    for (int i = 0; i < models.size(); i++) {
      if (!(models.get(i) instanceof JsonObject model)) {
        throw new IllegalArgumentException("models[" + i + "] is not an object");
      }
      ranked.add(new Ranked(number(model, "priority", LAST), model(model, i)));
    }
    ranked.sort(Comparator.comparingLong(Ranked::priority));
    return ranked.stream().map(Ranked::model).toList();
  }

  private static ModelInfo model(JsonObject json, int index) {
    String slug = Json.text(json, "slug");
    if (slug.isBlank()) {
      throw new IllegalArgumentException("models[" + index + "] has no slug");
    }
    ModelInfo guess = ModelInfo.unknown(slug);
    boolean hasVerbosity = flag(json, "support_verbosity");
    return new ModelInfo(
        slug,
        text(json, "display_name", slug),
        Json.text(json, "description"),
        true,
        Json.text(json, "visibility").equals("hide"),
        ModelInfo.usable(
            number(json, "context_window", ModelInfo.DEFAULT_WINDOW),
            number(json, "effective_context_window_percent", ModelInfo.DEFAULT_PERCENT)),
        optional(json, "default_reasoning_level"),
        efforts(json),
        ModelInfo.orNone(text(json, "default_reasoning_summary", "auto")),
        hasVerbosity ? optional(json, "default_verbosity") : null,
        patchForm(json, index),
        flag(json, "plan_tool"),
        seesImages(json, guess),
        optional(json, "base_instructions"));
  }

  private static List<Effort> efforts(JsonObject json) {
    List<Effort> efforts = new ArrayList<>();
    for (JsonElement level : array(json, "supported_reasoning_levels")) {
      if (level instanceof JsonObject object && !Json.text(object, "effort").isEmpty()) {
        efforts.add(new Effort(Json.text(object, "effort"), Json.text(object, "description")));
      }
    }
    return efforts;
  }

  private static PatchForm patchForm(JsonObject json, int index) {
    String word = text(json, "apply_patch_tool_type", "function");
    return switch (word) {
      case "freeform" -> PatchForm.FREEFORM;
      case "function" -> PatchForm.FUNCTION;
      case "none" -> PatchForm.NONE;
      default ->
          throw new IllegalArgumentException(
              "models[%d].apply_patch_tool_type is %s, not freeform, function or none"
                  .formatted(index, word));
    };
  }

  private static boolean seesImages(JsonObject json, ModelInfo guess) {
    JsonArray modalities = array(json, "input_modalities");
    return modalities.isEmpty()
        ? guess.seesImages()
        : modalities.contains(new JsonPrimitive("image"));
  }

  private static JsonArray array(JsonObject json, String member) {
    return json.get(member) instanceof JsonArray array ? array : new JsonArray();
  }

  private static String text(JsonObject json, String member, String otherwise) {
    String text = Json.text(json, member);
    return text.isEmpty() ? otherwise : text;
  }

  private static @Nullable String optional(JsonObject json, String member) {
    String text = Json.text(json, member);
    return text.isEmpty() ? null : text;
  }

  private static long number(JsonObject json, String member, long otherwise) {
    long number = Json.number(json, member);
    return number > 0 ? number : otherwise;
  }

  private static boolean flag(JsonObject json, String member) {
    return json.get(member) instanceof JsonPrimitive value
        && value.isBoolean()
        && value.getAsBoolean();
  }
}
