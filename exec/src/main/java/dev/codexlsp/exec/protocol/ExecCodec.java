package dev.codexlsp.exec.protocol;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.stream.JsonWriter;
import dev.codexlsp.exec.json.WireException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Messages as UTF-8 text and back.
///
/// Reading never fails: what is no message is [ExecMessage.Malformed]. Writing leaves no null out,
/// because some members must be there.
public final class ExecCodec {
  private ExecCodec() {}

  /// Reads one message; the buffer is left as it is.
  public static ExecMessage decode(ByteBuffer utf8) {
    @Nullable ExecMessage output = OutputCodec.decode(utf8);
    if (output != null) {
      return output;
    }
    try {
      return decode(StandardCharsets.UTF_8.newDecoder().decode(utf8.duplicate()).toString());
    } catch (CharacterCodingException notText) {
      return new ExecMessage.Malformed("not UTF-8");
    }
  }

  /// Reads one message.
  public static ExecMessage decode(String text) {
    try {
      if (!(BoundedJson.parse(text) instanceof JsonObject object)) {
        throw new WireException("", "expected a JSON-RPC object");
      }
      return message(object);
    } catch (WireException malformed) {
      return new ExecMessage.Malformed(String.valueOf(malformed.getMessage()));
    }
  }

  /// Writes one message into a buffer of its own.
  public static ByteBuffer encode(ExecMessage message) {
    if (message instanceof ExecMessage.Notification(String _, Payload params)
        && params.value() instanceof ProcessOutput output) {
      return OutputCodec.encode(output);
    }
    Bytes bytes = new Bytes();
    try (JsonWriter out = new JsonWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8))) {
      out.beginObject();
      write(message, out);
      out.endObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.buffer();
  }

  private static ExecMessage message(JsonObject object) {
    if (object.has("method")) {
      String method = string(object, "method");
      Payload params = Payload.of(object.get("params"));
      return object.has("id")
          ? new ExecMessage.Request(id(object), method, params, trace(object.get("trace")))
          : new ExecMessage.Notification(method, params);
    }
    if (object.has("result")) {
      return new ExecMessage.Answer(id(object), Payload.of(object.get("result")));
    }
    if (object.get("error") instanceof JsonObject error) {
      return new ExecMessage.Failure(id(object), ExecRecords.decode(error, ExecError.class));
    }
    throw new WireException("", "neither a request nor an answer");
  }

  private static String string(JsonObject object, String name) {
    if (object.get(name) instanceof JsonPrimitive text && text.isString()) {
      return text.getAsString();
    }
    throw new WireException("." + name, "expected a string");
  }

  private static RequestId id(JsonObject object) {
    if (object.get("id") instanceof JsonPrimitive id) {
      if (id.isString()) {
        return new RequestId.Text(id.getAsString());
      }
      if (id.isNumber()) {
        try {
          return new RequestId.Numeric(Long.parseLong(id.getAsString()));
        } catch (NumberFormatException fractionOrTooLarge) {
          // Falls through to the same words as for everything else that is no id.
        }
      }
    }
    throw new WireException(".id", "expected a string or a 64-bit integer");
  }

  private static @Nullable Trace trace(@Nullable JsonElement json) {
    return json == null || json.isJsonNull() ? null : ExecRecords.decode(json, Trace.class);
  }

  private static void write(ExecMessage message, JsonWriter out) throws IOException {
    switch (message) {
      case ExecMessage.Request(RequestId id, String method, Payload params, Trace trace) -> {
        write(id, out);
        write(method, params, out);
        if (trace != null) {
          out.name("trace");
          Payload.of(trace).write(out);
        }
      }
      case ExecMessage.Notification(String method, Payload params) -> write(method, params, out);
      case ExecMessage.Answer(RequestId id, Payload result) -> {
        write(id, out);
        out.name("result");
        result.write(out);
      }
      case ExecMessage.Failure(RequestId id, ExecError error) -> {
        out.name("error");
        Payload.of(error).write(out);
        write(id, out);
      }
      case ExecMessage.Malformed _ ->
          throw new IllegalArgumentException("not to be sent: " + message);
    }
  }

  private static void write(RequestId id, JsonWriter out) throws IOException {
    out.name("id");
    switch (id) {
      case RequestId.Numeric(long value) -> out.value(value);
      case RequestId.Text(String value) -> out.value(value);
    }
  }

  private static void write(String method, Payload params, JsonWriter out) throws IOException {
    out.name("method").value(method);
    if (!params.isNone()) {
      out.name("params");
      params.write(out);
    }
  }

  /// Gives its array away, where `toByteArray` copies it.
  private static final class Bytes extends ByteArrayOutputStream {
    private ByteBuffer buffer() {
      return ByteBuffer.wrap(buf, 0, count);
    }
  }
}
