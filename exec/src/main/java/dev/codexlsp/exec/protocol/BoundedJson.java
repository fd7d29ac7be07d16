package dev.codexlsp.exec.protocol;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import dev.codexlsp.exec.json.WireException;
import java.io.IOException;
import java.io.StringReader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Parses one JSON text, strictly and within limits: a small message must not become a huge tree.
/// One key twice in an object is refused, because two readers could take it differently.
final class BoundedJson {
  static final int VALUE_LIMIT = 262_144;
  static final int NESTING_LIMIT = 127;

  private static final Pattern POSITION = Pattern.compile(" at line \\d+ column \\d+");

  private final JsonReader in;
  private int values;

  private BoundedJson(JsonReader in) {
    this.in = in;
  }

  /// @throws WireException when it is no JSON, or too much of it
  static JsonElement parse(String text) {
    JsonReader in = new JsonReader(new StringReader(text));
    in.setStrictness(Strictness.STRICT);
    in.setNestingLimit(NESTING_LIMIT);
    try {
      JsonElement json = new BoundedJson(in).value();
      if (in.peek() != JsonToken.END_DOCUMENT) {
        throw WireException.at(in, "trailing characters");
      }
      return json;
    } catch (IOException malformed) {
      throw new WireException("", problem(malformed));
    } catch (JsonParseException malformed) {
      throw new WireException(
          "", malformed.getCause() instanceof IOException cause ? problem(cause) : "no JSON");
    }
  }

  /// Gson tells where it is; what else it says speaks to programmers.
  private static String problem(IOException malformed) {
    Matcher position = POSITION.matcher(String.valueOf(malformed.getMessage()));
    return malformed instanceof MalformedJsonException
        ? "malformed JSON" + (position.find() ? position.group() : "")
        : "unexpected end";
  }

  private JsonElement value() throws IOException {
    if (++values > VALUE_LIMIT) {
      throw new WireException("", "message exceeds the limit of " + VALUE_LIMIT + " JSON values");
    }
    return switch (in.peek()) {
      case BEGIN_OBJECT -> object();
      case BEGIN_ARRAY -> array();
      // A number stays the text that it is.
      case STRING, NUMBER, BOOLEAN, NULL -> JsonParser.parseReader(in);
      case END_ARRAY, END_OBJECT, NAME, END_DOCUMENT ->
          throw WireException.at(in, "expected a value");
    };
  }

  private JsonObject object() throws IOException {
    JsonObject object = new JsonObject();
    in.beginObject();
    while (in.hasNext()) {
      String name = in.nextName();
      if (object.has(name)) {
        throw WireException.at(in, "duplicate key");
      }
      object.add(name, value());
    }
    in.endObject();
    return object;
  }

  private JsonArray array() throws IOException {
    JsonArray array = new JsonArray();
    in.beginArray();
    while (in.hasNext()) {
      array.add(value());
    }
    in.endArray();
    return array;
  }
}
