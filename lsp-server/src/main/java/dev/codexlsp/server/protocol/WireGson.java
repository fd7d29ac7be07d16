package dev.codexlsp.server.protocol;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonWriter;
import dev.codexlsp.core.thread.CodexErrorInfo;
import dev.codexlsp.core.thread.ItemId;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.thread.TurnId;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/// How records look as JSON. Gson does the work; the adapters here say what is special about ours:
/// ids and paths are strings, enums are words, sealed types carry a tag, and what a record needs
/// must be there.
public final class WireGson {
  private WireGson() {}

  /// Made when the first record is met: an editor waits for `initialize`, which needs none.
  private static final class Holder {
    // What is registered later is asked earlier, so the general comes first.
    private static final Gson GSON =
        new GsonBuilder()
            .disableHtmlEscaping()
            .registerTypeAdapterFactory(new RecordFactory())
            .registerTypeAdapterFactory(new TaggedFactory())
            .registerTypeAdapterFactory(new WordFactory())
            .registerTypeAdapterFactory(new StrictScalars())
            .registerTypeHierarchyAdapter(CodexErrorInfo.class, new ErrorInfoAdapter())
            .registerTypeHierarchyAdapter(Path.class, TextAdapter.of(Path::of, Path::toString))
            .registerTypeAdapter(URI.class, TextAdapter.of(URI::create, URI::toString))
            .registerTypeAdapter(ThreadId.class, TextAdapter.of(ThreadId::new, ThreadId::value))
            .registerTypeAdapter(TurnId.class, TextAdapter.of(TurnId::new, TurnId::value))
            .registerTypeAdapter(ItemId.class, TextAdapter.of(ItemId::new, ItemId::value))
            .create();
  }

  /// Reads a record; throws [WireException] when the JSON does not say one.
  public static <T> T decode(JsonElement json, Class<T> type) {
    try {
      T value = Holder.GSON.fromJson(json, type);
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
  public static void write(Object value, JsonWriter out) throws IOException {
    ((TypeAdapter<Object>) Holder.GSON.getAdapter(value.getClass())).write(out, value);
  }
}
