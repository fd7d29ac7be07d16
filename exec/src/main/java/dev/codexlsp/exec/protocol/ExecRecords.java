package dev.codexlsp.exec.protocol;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonWriter;
import dev.codexlsp.exec.json.RecordJson;
import dev.codexlsp.exec.json.TextAdapter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// How the records of this wire look as JSON: bytes are base64, paths are file URIs.
final class ExecRecords {
  private ExecRecords() {}

  /// Made when the first record is met.
  private static final class Holder {
    private static final RecordJson RECORDS =
        new RecordJson(
            RecordJson.strict(List.of(), Set.of())
                .registerTypeAdapter(Payload.class, new PayloadAdapter().nullSafe())
                .registerTypeHierarchyAdapter(
                    ByteBuffer.class, TextAdapter.explained(Base64Text::decode, Base64Text::encode))
                .registerTypeHierarchyAdapter(
                    Path.class, TextAdapter.explained(FileUri::parse, FileUri::format)));
  }

  static <T> T decode(JsonElement json, Class<T> type) {
    return Holder.RECORDS.decode(json, type);
  }

  /// Writes a record or a tree, nulls included if the writer does so.
  static void write(Object value, JsonWriter out) throws IOException {
    Holder.RECORDS.write(value, out);
  }

  static JsonElement tree(Object value) {
    StringWriter text = new StringWriter();
    try (JsonWriter out = new JsonWriter(text)) {
      write(value, out);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return JsonParser.parseString(text.toString());
  }
}
