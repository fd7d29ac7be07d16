package dev.codexlsp.server.rpc;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;

/// Writes params and results that are not JSON trees yet. Any thread may call it.
public interface Renderer {

  /// Writes the value as one JSON value, with or without nulls as the writer is set.
  void write(Object value, JsonWriter out) throws IOException;
}
