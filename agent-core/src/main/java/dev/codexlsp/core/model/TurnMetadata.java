package dev.codexlsp.core.model;

import com.google.gson.JsonObject;
import java.util.TreeMap;

/// What the service is told about the conversation besides its content. Only what we know to be
/// true: the original sends more.
final class TurnMetadata {
  private TurnMetadata() {}

  /// The value of `x-codex-turn-metadata`, JSON as text.
  static String of(ModelRequest request) {
    JsonObject facts = new JsonObject();
    facts.addProperty("session_id", request.threadId().value());
    facts.addProperty("thread_id", request.threadId().value());
    facts.addProperty("turn_id", request.turnId().value());
    facts.addProperty("request_kind", "turn");
    if (request.caller().threadSource() != null) {
      facts.addProperty("thread_source", request.caller().threadSource());
    }
    // What a client adds says nothing else about what we know. Sorted, for prompt caches.
    new TreeMap<>(request.caller().metadata())
        .forEach((name, value) -> {
          if (!facts.has(name)) {
            facts.addProperty(name, value);
          }
        });
    return facts.toString();
  }

  /// The value of `x-codex-window-id`. The number counts compactions, and there are none yet.
  static String windowId(ModelRequest request) {
    return request.threadId() + ":0";
  }
}
