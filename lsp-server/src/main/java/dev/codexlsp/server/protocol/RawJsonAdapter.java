package dev.codexlsp.server.protocol;

import com.google.gson.JsonParser;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import dev.codexlsp.core.thread.RawJson;
import java.io.IOException;

/// JSON that passes through us.
final class RawJsonAdapter extends TypeAdapter<RawJson> {

  @Override
  public void write(JsonWriter out, RawJson json) throws IOException {
    out.jsonValue(json.text());
  }

  @Override
  public RawJson read(JsonReader in) {
    return new RawJson(JsonParser.parseReader(in).toString());
  }
}
