package dev.codexlsp.exec.json;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Sealed types say which of their records they are by a `type` member, the first one: the record's
/// name with a small first letter.
final class TaggedFactory implements TypeAdapterFactory {
  private static final String TAG = "type";

  private final List<Class<?>> sealedTypes;

  TaggedFactory(List<Class<?>> sealedTypes) {
    this.sealedTypes = List.copyOf(sealedTypes);
  }

  @Override
  public <T> @Nullable TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
    Class<? super T> raw = type.getRawType();
    if (sealedTypes.contains(raw)) {
      return new AnyAdapter<T>(gson, raw).nullSafe();
    }
    if (raw.isRecord() && sealedTypes.stream().anyMatch(sealed -> sealed.isAssignableFrom(raw))) {
      return new OneAdapter<T>(gson, tag(raw), gson.getDelegateAdapter(this, type)).nullSafe();
    }
    return null;
  }

  private static String tag(Class<?> record) {
    String name = record.getSimpleName();
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }

  /// One record of a sealed type.
  private static final class OneAdapter<T> extends TypeAdapter<T> {
    private final TypeAdapter<JsonElement> trees;
    private final JsonPrimitive tag;
    private final TypeAdapter<T> untagged;

    OneAdapter(Gson gson, String tag, TypeAdapter<T> untagged) {
      this.trees = gson.getAdapter(JsonElement.class);
      this.tag = new JsonPrimitive(tag);
      this.untagged = untagged;
    }

    @Override
    public T read(JsonReader in) throws IOException {
      return untagged.read(in);
    }

    @Override
    public void write(JsonWriter out, T value) throws IOException {
      JsonObject tagged = new JsonObject();
      tagged.add(TAG, tag);
      untagged.toJsonTree(value).getAsJsonObject().asMap().forEach(tagged::add);
      trees.write(out, tagged);
    }
  }

  /// The sealed type itself.
  private static final class AnyAdapter<T> extends TypeAdapter<T> {
    private final Map<String, TypeAdapter<? extends T>> byTag = new TreeMap<>();
    private final Gson gson;

    AnyAdapter(Gson gson, Class<? super T> sealed) {
      this.gson = gson;
      for (Class<?> permitted : sealed.getPermittedSubclasses()) {
        @SuppressWarnings("unchecked")
        Class<? extends T> record = (Class<? extends T>) permitted;
        byTag.put(tag(record), gson.getAdapter(record));
      }
    }

    @Override
    public T read(JsonReader in) throws IOException {
      String path = WireException.path(in);
      StrictScalars.require(in, JsonToken.BEGIN_OBJECT, "an object");
      JsonObject object = JsonParser.parseReader(in).getAsJsonObject();
      if (!(object.get(TAG) instanceof JsonPrimitive tag) || !tag.isString()) {
        throw new WireException(path, "missing field `" + TAG + "`");
      }
      TypeAdapter<? extends T> adapter = byTag.get(tag.getAsString());
      if (adapter == null) {
        throw new WireException(
            path + "." + TAG, WordFactory.unknown(tag.getAsString(), byTag.keySet()));
      }
      try {
        return adapter.fromJsonTree(object);
      } catch (WireException inner) {
        throw inner.within(path);
      }
    }

    @Override
    @SuppressWarnings("unchecked")
    public void write(JsonWriter out, T value) throws IOException {
      ((TypeAdapter<T>) gson.getAdapter(value.getClass())).write(out, value);
    }
  }
}
