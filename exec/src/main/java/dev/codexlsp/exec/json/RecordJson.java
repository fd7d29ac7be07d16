package dev.codexlsp.exec.json;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/// Records as JSON, strictly: what a record needs must be there and of its type, enums are words,
/// and the sealed types that are named carry a tag.
public final class RecordJson {
  private final Gson gson;

  /// Takes a builder that has got the adapters of [#strict] and of the caller's own types.
  public RecordJson(GsonBuilder builder) {
    gson = builder.create();
  }

  /// A builder for a wire.
  ///
  /// @param tagged the sealed interfaces whose records say by a member `type` which they are
  /// @param kebab the enums that are spelled `like-this`; all others are spelled `likeThis`
  public static GsonBuilder strict(List<Class<?>> tagged, Set<Class<?>> kebab) {
    // What is registered later is asked earlier, so the general comes first.
    return new GsonBuilder()
        .disableHtmlEscaping()
        .registerTypeAdapterFactory(new RecordFactory())
        .registerTypeAdapterFactory(new TaggedFactory(tagged))
        .registerTypeAdapterFactory(new WordFactory(kebab))
        .registerTypeAdapterFactory(new StrictScalars());
  }

  /// Reads a record; throws [WireException] when the JSON does not say one.
  public <T> T decode(JsonElement json, Class<T> type) {
    try {
      T value = gson.fromJson(json, type);
      if (value == null) {
        throw new JsonParseException("null");
      }
      return value;
    } catch (JsonParseException malformed) {
      throw new WireException("", "malformed " + type.getSimpleName());
    }
  }

  /// Writes a record. Whether its nulls are written is the writer's own setting, which
  /// `Gson.toJson` would overrule.
  @SuppressWarnings("unchecked")
  public void write(Object value, JsonWriter out) throws IOException {
    ((TypeAdapter<Object>) gson.getAdapter(value.getClass())).write(out, value);
  }
}
