package dev.codexlsp.exec.protocol;

import com.google.gson.JsonParser;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;

/// A member that nobody in here looks into.
final class PayloadAdapter extends TypeAdapter<Payload> {

  @Override
  public Payload read(JsonReader in) {
    return Payload.of(JsonParser.parseReader(in));
  }

  @Override
  public void write(JsonWriter out, Payload value) throws IOException {
    value.write(out);
  }
}
