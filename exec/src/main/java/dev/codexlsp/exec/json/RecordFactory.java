package dev.codexlsp.exec.json;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Refuses an object that lacks what its record needs, where Gson by itself would leave a null in a
/// component that is never null. A component may be absent when it is `@Nullable`, or a `boolean`,
/// which then is false.
final class RecordFactory implements TypeAdapterFactory {

  @Override
  public <T> @Nullable TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
    Class<? super T> raw = type.getRawType();
    if (!raw.isRecord()) {
      return null;
    }
    List<Member> members = Arrays.stream(raw.getRecordComponents()).map(Member::of).toList();
    return new Checked<T>(members, gson.getDelegateAdapter(this, type)).nullSafe();
  }

  private record Member(String name, Class<?> type, boolean required) {
    static Member of(RecordComponent component) {
      boolean optional =
          component.getType() == boolean.class
              || component.getAnnotatedType().isAnnotationPresent(Nullable.class);
      return new Member(component.getName(), component.getType(), !optional);
    }

    void check(JsonObject object) {
      JsonElement value = object.get(name);
      if (value == null || value.isJsonNull()) {
        if (required) {
          throw new WireException("", "missing field `" + name + "`");
        }
      } else if (Collection.class.isAssignableFrom(type)) {
        checkList(value);
      } else if (Map.class.isAssignableFrom(type)) {
        checkMap(value);
      }
    }

    private void checkList(JsonElement value) {
      if (!(value instanceof JsonArray array)) {
        throw new WireException("." + name, "expected an array");
      }
      for (int i = 0; i < array.size(); i++) {
        checkValue(array.get(i), "[" + i + "]");
      }
    }

    /// Gson would take an array of pairs as well.
    private void checkMap(JsonElement value) {
      if (!(value instanceof JsonObject map)) {
        throw new WireException("." + name, "expected an object");
      }
      map.asMap().forEach((key, entry) -> checkValue(entry, "." + key));
    }

    private void checkValue(JsonElement value, String place) {
      if (value.isJsonNull()) {
        throw new WireException("." + name + place, "expected a value, found null");
      }
    }
  }

  private static final class Checked<T> extends TypeAdapter<T> {
    private final List<Member> members;
    private final TypeAdapter<T> unchecked;

    Checked(List<Member> members, TypeAdapter<T> unchecked) {
      this.members = members;
      this.unchecked = unchecked;
    }

    @Override
    public T read(JsonReader in) throws IOException {
      String path = WireException.path(in);
      StrictScalars.require(in, JsonToken.BEGIN_OBJECT, "an object");
      JsonObject object = JsonParser.parseReader(in).getAsJsonObject();
      try {
        members.forEach(member -> member.check(object));
        return unchecked.fromJsonTree(object);
      } catch (WireException inner) {
        throw inner.within(path);
      } catch (RuntimeException refused) {
        throw refusal(path, refused);
      }
    }

    /// A record may refuse its components; Gson wraps what a constructor throws.
    private static RuntimeException refusal(String path, RuntimeException refused) {
      return refused.getCause() instanceof IllegalArgumentException wrong
          ? new WireException(path, String.valueOf(wrong.getMessage()))
          : refused;
    }

    @Override
    public void write(JsonWriter out, T value) throws IOException {
      unchecked.write(out, value);
    }
  }
}
