package dev.codexlsp.exec.json;

import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/// A value that is a string on the wire.
public final class TextAdapter<T> extends TypeAdapter<T> {
  private final Function<String, T> read;
  private final Function<T, String> write;
  private final BinaryOperator<String> problem;

  private TextAdapter(
      Function<String, T> read, Function<T, String> write, BinaryOperator<String> problem) {
    this.read = read;
    this.write = write;
    this.problem = problem;
  }

  /// An adapter that lets nulls be nulls.
  ///
  /// @param read throws [IllegalArgumentException] for a string that is no such value
  public static <T> TypeAdapter<T> of(Function<String, T> read, Function<T, String> write) {
    return new TextAdapter<>(read, write, (text, reason) -> "bad value `" + text + "`").nullSafe();
  }

  /// The same for a value that knows what is wrong with a string, or one whose strings are long.
  ///
  /// @param read throws [IllegalArgumentException] with a message that says what is wrong
  public static <T> TypeAdapter<T> explained(Function<String, T> read, Function<T, String> write) {
    return new TextAdapter<>(read, write, (text, reason) -> reason).nullSafe();
  }

  @Override
  public T read(JsonReader in) throws IOException {
    String text = StrictScalars.string(in);
    try {
      return read.apply(text);
    } catch (IllegalArgumentException bad) {
      throw WireException.at(in, problem.apply(text, String.valueOf(bad.getMessage())));
    }
  }

  @Override
  public void write(JsonWriter out, T value) throws IOException {
    out.value(write.apply(value));
  }
}
