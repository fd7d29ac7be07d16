package dev.codexlsp.exec.json;

import com.google.gson.Gson;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Takes only a string for a string, only a whole number for an integer and only a boolean for a
/// boolean, where Gson by itself makes one of the other.
final class StrictScalars implements TypeAdapterFactory {
  private interface Read {
    Object from(JsonReader in) throws IOException;
  }

  private static final Map<Class<?>, Read> READS =
      Map.of(
          String.class, StrictScalars::string,
          int.class, in -> Integer.valueOf(number(in)),
          Integer.class, in -> Integer.valueOf(number(in)),
          long.class, in -> Long.valueOf(number(in)),
          Long.class, in -> Long.valueOf(number(in)),
          boolean.class, StrictScalars::bool,
          Boolean.class, StrictScalars::bool);

  @Override
  public <T> @Nullable TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
    Read read = READS.get(type.getRawType());
    return read == null
        ? null
        : new Adapter<>(read, gson.getDelegateAdapter(this, type)).nullSafe();
  }

  private static final class Adapter<T> extends TypeAdapter<T> {
    private final Read read;
    private final TypeAdapter<T> lenient;

    Adapter(Read read, TypeAdapter<T> lenient) {
      this.read = read;
      this.lenient = lenient;
    }

    @Override
    @SuppressWarnings("unchecked")
    public T read(JsonReader in) throws IOException {
      try {
        return (T) read.from(in);
      } catch (NumberFormatException fractionOrTooLarge) {
        throw WireException.at(in, "expected an integer");
      }
    }

    @Override
    public void write(JsonWriter out, T value) throws IOException {
      lenient.write(out, value);
    }
  }

  static String string(JsonReader in) throws IOException {
    require(in, JsonToken.STRING, "a string");
    return in.nextString();
  }

  private static String number(JsonReader in) throws IOException {
    require(in, JsonToken.NUMBER, "an integer");
    return in.nextString();
  }

  private static Boolean bool(JsonReader in) throws IOException {
    require(in, JsonToken.BOOLEAN, "a boolean");
    return in.nextBoolean();
  }

  /// Refuses anything but the token that must come next.
  static void require(JsonReader in, JsonToken token, String name) throws IOException {
    if (in.peek() != token) {
      throw WireException.at(in, "expected " + name + ", found " + found(in.peek()));
    }
  }

  private static String found(JsonToken token) {
    return switch (token) {
      case BEGIN_ARRAY -> "an array";
      case BEGIN_OBJECT -> "an object";
      case STRING -> "a string";
      case NUMBER -> "a number";
      case BOOLEAN -> "a boolean";
      case NULL -> "null";
      case END_ARRAY, END_OBJECT, NAME, END_DOCUMENT -> "nothing";
    };
  }
}
