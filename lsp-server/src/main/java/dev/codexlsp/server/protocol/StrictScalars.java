package dev.codexlsp.server.protocol;

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

/// Takes a string for a string and a number for a number, where Gson by itself takes one for the
/// other.
final class StrictScalars implements TypeAdapterFactory {
  private record Shape(JsonToken token, String name) {}

  private static final Shape STRING = new Shape(JsonToken.STRING, "a string");
  private static final Shape INTEGER = new Shape(JsonToken.NUMBER, "an integer");
  private static final Shape BOOLEAN = new Shape(JsonToken.BOOLEAN, "a boolean");

  private static final Map<Class<?>, Shape> SHAPES =
      Map.of(
          String.class, STRING,
          int.class, INTEGER,
          Integer.class, INTEGER,
          long.class, INTEGER,
          Long.class, INTEGER,
          boolean.class, BOOLEAN,
          Boolean.class, BOOLEAN);

  @Override
  public <T> @Nullable TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
    Shape shape = SHAPES.get(type.getRawType());
    return shape == null ? null : strict(shape, gson.getDelegateAdapter(this, type));
  }

  private static <T> TypeAdapter<T> strict(Shape shape, TypeAdapter<T> lenient) {
    return new TypeAdapter<>() {
      @Override
      public T read(JsonReader in) throws IOException {
        if (!isNull(in)) {
          require(in, shape.token(), shape.name());
        }
        try {
          return lenient.read(in);
        } catch (NumberFormatException fractionOrTooLarge) {
          throw WireException.at(in, "expected " + shape.name());
        }
      }

      @Override
      public void write(JsonWriter out, T value) throws IOException {
        lenient.write(out, value);
      }
    };
  }

  /// Whether a null comes next; it is left to be read when the value is kept.
  static boolean isNull(JsonReader in) throws IOException {
    return in.peek() == JsonToken.NULL;
  }

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
