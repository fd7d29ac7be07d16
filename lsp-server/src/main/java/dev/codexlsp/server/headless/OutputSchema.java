package dev.codexlsp.server.headless;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the answer has to look like, as a file says it.
final class OutputSchema {
  private OutputSchema() {}

  /// @throws IOException with words for the user
  static JsonObject read(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new IOException("there is no output schema " + file);
    }
    if (Files.isDirectory(file)) {
      throw new IOException("the output schema " + file + " is a directory");
    }
    String text;
    try {
      text = Files.readString(file, UTF_8);
    } catch (CharacterCodingException garbled) {
      throw new IOException("the output schema " + file + " is no text in UTF-8", garbled);
    } catch (IOException unreadable) {
      throw new IOException("the output schema " + file + " cannot be read", unreadable);
    }
    try {
      if (JsonParser.parseString(text) instanceof JsonObject schema) {
        return schema;
      }
    } catch (JsonParseException broken) {
      throw new IOException("the output schema " + file + " is no JSON", broken);
    }
    throw new IOException("the output schema " + file + " is no JSON object");
  }
}
