package dev.codexlsp.server.protocol;

import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A value that is a string on the wire.
final class TextAdapter<T> extends TypeAdapter<@Nullable T> {
  private final Function<String, T> read;
  private final Function<T, String> write;

  /// @param read throws [IllegalArgumentException] for a string that is no such value
  TextAdapter(Function<String, T> read, Function<T, String> write) {
    this.read = read;
    this.write = write;
  }

  @Override
  public @Nullable T read(JsonReader in) throws IOException {
    if (StrictScalars.isNull(in)) {
      return null;
    }
    StrictScalars.require(in, JsonToken.STRING, "a string");
    String text = in.nextString();
    try {
      return read.apply(text);
    } catch (IllegalArgumentException bad) {
      throw WireException.at(in, "bad value `" + text + "`");
    }
  }

  @Override
  public void write(JsonWriter out, @Nullable T value) throws IOException {
    if (value == null) {
      out.nullValue();
    } else {
      out.value(write.apply(value));
    }
  }
}
