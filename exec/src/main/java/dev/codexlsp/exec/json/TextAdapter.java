package dev.codexlsp.exec.json;

import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.function.Function;

/// A value that is a string on the wire.
public final class TextAdapter<T> extends TypeAdapter<T> {
  private final Function<String, T> read;
  private final Function<T, String> write;

  private TextAdapter(Function<String, T> read, Function<T, String> write) {
    this.read = read;
    this.write = write;
  }

  /// An adapter that lets nulls be nulls.
  ///
  /// @param read throws [IllegalArgumentException] for a string that is no such value
  public static <T> TypeAdapter<T> of(Function<String, T> read, Function<T, String> write) {
    return new TextAdapter<>(read, write).nullSafe();
  }

  @Override
  public T read(JsonReader in) throws IOException {
    String text = StrictScalars.string(in);
    try {
      return read.apply(text);
    } catch (IllegalArgumentException bad) {
      throw WireException.at(in, "bad value `" + text + "`");
    }
  }

  @Override
  public void write(JsonWriter out, T value) throws IOException {
    out.value(write.apply(value));
  }
}
