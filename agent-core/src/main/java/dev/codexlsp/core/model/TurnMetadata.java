package dev.codexlsp.core.model;

import com.google.gson.JsonObject;
import java.util.Locale;
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
    facts.addProperty("window_id", windowId(request));
    facts.addProperty("window_number", request.window().number());
    facts.addProperty("context_window_id", request.window().id());
    switch (request.purpose()) {
      case Purpose.Step() -> facts.addProperty("request_kind", "turn");
      case Purpose.Compaction compaction -> {
        facts.addProperty("request_kind", "compaction");
        facts.add("compaction", compaction(compaction));
      }
    }
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

  private static JsonObject compaction(Purpose.Compaction compaction) {
    JsonObject facts = new JsonObject();
    switch (compaction.trigger()) {
      case MANUAL -> {
        facts.addProperty("trigger", "manual");
        facts.addProperty("reason", "user_requested");
      }
      case AUTO -> {
        facts.addProperty("trigger", "auto");
        facts.addProperty("reason", "context_limit");
      }
    }
    facts.addProperty("implementation", "responses");
    facts.addProperty("phase", compaction.phase().name().toLowerCase(Locale.ROOT));
    return facts;
  }

  /// The value of `x-codex-window-id`.
  static String windowId(ModelRequest request) {
    return request.threadId() + ":" + request.window().number();
  }
}
