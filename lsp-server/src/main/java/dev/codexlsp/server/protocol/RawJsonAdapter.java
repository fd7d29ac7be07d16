package dev.codexlsp.server.protocol;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import dev.codexlsp.core.thread.RawJson;
import java.io.IOException;

/// JSON that passes through us. Its nulls are somebody's values and stay, as far as the writer goes
/// to the wire itself.
final class RawJsonAdapter extends TypeAdapter<RawJson> {
  private static final TypeAdapter<JsonElement> TREES = new Gson().getAdapter(JsonElement.class);

  @Override
  public void write(JsonWriter out, RawJson json) throws IOException {
    boolean nulls = out.getSerializeNulls();
    out.setSerializeNulls(true);
    try {
      TREES.write(out, JsonParser.parseString(json.text()));
    } finally {
      out.setSerializeNulls(nulls);
    }
  }

  @Override
  public RawJson read(JsonReader in) {
    return new RawJson(JsonParser.parseReader(in).toString());
  }
}
