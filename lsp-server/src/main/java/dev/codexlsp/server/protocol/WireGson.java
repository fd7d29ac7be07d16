package dev.codexlsp.server.protocol;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import dev.codexlsp.core.thread.CodexErrorInfo;
import dev.codexlsp.core.thread.ItemId;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.thread.TurnId;
import java.net.URI;
import java.nio.file.Path;

/// How records look as JSON. Gson does the work; the adapters here say what is special about ours:
/// ids and paths are strings, enums are words, sealed types carry a tag, and what a record needs
/// must be there.
public final class WireGson {
  private WireGson() {}

  public static Gson create() {
    // What is registered later is asked earlier, so the general comes first.
    return new GsonBuilder()
        .disableHtmlEscaping()
        .registerTypeAdapterFactory(new RecordFactory())
        .registerTypeAdapterFactory(new TaggedFactory())
        .registerTypeAdapterFactory(new WordFactory())
        .registerTypeAdapterFactory(new StrictScalars())
        .registerTypeHierarchyAdapter(CodexErrorInfo.class, new ErrorInfoAdapter())
        .registerTypeHierarchyAdapter(Path.class, new TextAdapter<>(Path::of, Path::toString))
        .registerTypeAdapter(URI.class, new TextAdapter<>(URI::create, URI::toString))
        .registerTypeAdapter(ThreadId.class, new TextAdapter<>(ThreadId::new, ThreadId::value))
        .registerTypeAdapter(TurnId.class, new TextAdapter<>(TurnId::new, TurnId::value))
        .registerTypeAdapter(ItemId.class, new TextAdapter<>(ItemId::new, ItemId::value))
        .create();
  }

  /// The record that the JSON says.
  ///
  /// @throws WireException when it says none
  public static <T> T decode(Gson gson, JsonElement json, Class<T> type) {
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
}
