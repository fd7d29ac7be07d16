package dev.codexlsp.exec.protocol;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.stream.JsonWriter;
import dev.codexlsp.exec.json.WireException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Params or a result: whoever knows the method knows which record it is.
public final class Payload {
  /// Absent, or null; a record without required members can still be read from it.
  public static final Payload NONE = new Payload(JsonNull.INSTANCE);

  /// A [JsonElement] that was received, or a record.
  private final Object value;

  private Payload(Object value) {
    this.value = value;
  }

  /// What is to be sent.
  ///
  /// @param value a record of this wire
  public static Payload of(Record value) {
    return new Payload(value);
  }

  /// JSON from elsewhere, within the limits of this wire.
  ///
  /// @throws WireException when it is none
  public static Payload parse(String json) {
    return of(BoundedJson.parse(json));
  }

  static Payload of(@Nullable JsonElement json) {
    return json == null || json.isJsonNull() ? NONE : new Payload(json);
  }

  public boolean isNone() {
    return value instanceof JsonNull;
  }

  /// Reads it as what it should be.
  ///
  /// @throws WireException when it is something else; the message says what is wrong, and where
  public <T> T as(Class<T> type) {
    return type.isInstance(value)
        ? type.cast(value)
        : ExecRecords.decode(isNone() ? new JsonObject() : json(), type);
  }

  JsonElement json() {
    return value instanceof JsonElement json ? json : ExecRecords.tree(value);
  }

  /// The record that it was made of, or the tree that was received.
  Object value() {
    return value;
  }

  void write(JsonWriter out) throws IOException {
    ExecRecords.write(value, out);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Payload payload && json().equals(payload.json());
  }

  @Override
  public int hashCode() {
    return json().hashCode();
  }

  /// The JSON text.
  @Override
  public String toString() {
    return json().toString();
  }
}
