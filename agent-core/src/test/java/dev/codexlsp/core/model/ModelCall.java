package dev.codexlsp.core.model;

import com.google.gson.JsonObject;
import java.util.Map;

/// A request as a [FakeModelServer] received it.
///
/// @param headers by lower-case name
/// @param connection which connection it came by, counted from 0
public record ModelCall(
    String method, String path, Map<String, String> headers, JsonObject body, int connection) {

  /// Whether the answer is to be a chat completion.
  public boolean isChat() {
    return path.split("\\?", 2)[0].endsWith("/chat/completions");
  }
}
