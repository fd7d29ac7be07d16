package dev.codexlsp.server.conversation;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Gives whatever differs from run to run a name of its own, and knows the way back.
///
/// An id is called after what it is and when it was first seen: `$thread1`, `$turn2`, `$id3`. Times
/// lose their value but not their presence, so null stays null.
final class Normaliser {
  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final Pattern NAME = Pattern.compile("\\$[a-z]+[0-9]*");
  private static final Set<String> TIMES =
      Set.of(
          "startedAt",
          "completedAt",
          "createdAt",
          "updatedAt",
          "recencyAt",
          "startedAtMs",
          "completedAtMs",
          "durationMs");

  private final Map<String, String> namesByText = new LinkedHashMap<>();

  /// `$process` is the process that was named last, which no message shows.
  private final Map<String, String> textsByName = new HashMap<>();

  private final Map<String, Integer> counts = new HashMap<>();

  /// Replaces a text that is known beforehand, such as a folder, by a name.
  Normaliser with(String name, String text) {
    namesByText.put(text, name);
    textsByName.put(name, text);
    return this;
  }

  /// The message as it is the same in every run.
  String normalised(JsonElement message) {
    return texts(rest(message, "id").toString());
  }

  /// A text of the file as this run needs it.
  String original(String text) {
    return NAME.matcher(text)
        .replaceAll(
            name -> Matcher.quoteReplacement(textsByName.getOrDefault(name.group(), name.group())));
  }

  /// A copy with the times blanked; ids of threads and turns get their names on the way.
  ///
  /// @param kind what the id of an object at this place would name
  private JsonElement rest(JsonElement json, String kind) {
    if (json instanceof JsonArray array) {
      JsonArray copy = new JsonArray();
      array.forEach(element -> copy.add(rest(element, kind)));
      return copy;
    }
    if (json instanceof JsonObject object) {
      JsonObject copy = new JsonObject();
      object.entrySet().forEach(member -> copy.add(member.getKey(), member(member, kind)));
      return copy;
    }
    return json;
  }

  private JsonElement member(Map.Entry<String, JsonElement> member, String kind) {
    String name = member.getKey();
    JsonElement value = member.getValue();
    if (value instanceof JsonPrimitive primitive) {
      switch (name) {
        case "threadId" -> name(primitive.getAsString(), "thread");
        case "turnId" -> name(primitive.getAsString(), "turn");
        case "id" -> name(primitive.getAsString(), kind);
        case "processId" -> {
          textsByName.put("$process", primitive.getAsString());
          return new JsonPrimitive("<process>");
        }
        case "cliVersion", "CODEX_VERSION" -> {
          return new JsonPrimitive("<version>");
        }
        default -> {
          if (TIMES.contains(name)) {
            return new JsonPrimitive("<time>");
          }
        }
      }
      return value;
    }
    return rest(value, name.equals("thread") || name.equals("turn") ? name : "id");
  }

  private String texts(String json) {
    String text = json;
    for (Map.Entry<String, String> known : namesByText.entrySet()) {
      text = text.replace(known.getKey(), known.getValue());
    }
    return UUID.matcher(text)
        .replaceAll((MatchResult uuid) -> Matcher.quoteReplacement(name(uuid.group(), "id")))
        .replaceAll(
            "sessions/\\d{4}/\\d\\d/\\d\\d/rollout-[-0-9T]+-", "sessions/<day>/rollout-<time>-")
        .replaceAll("<current_date>[^<]*<", "<current_date><date><")
        .replaceAll("<timezone>[^<]*<", "<timezone><zone><")
        .replaceAll("session ID \\d{5}", "session ID <session>")
        .replaceAll("process id \\d{5}", "process id <session>")
        .replaceAll("session_id\\\\\":\\d{5}", "session_id\\\\\":<session>")
        // What nothing but an estimate counts, which depends on the length of a folder's name.
        .replaceAll(
            "\\{\"totalTokens\":\\d{1,4},\"inputTokens\":0,",
            "{\"totalTokens\":\"<estimate>\",\"inputTokens\":0,")
        .replaceAll("Chunk ID: [0-9a-f]{6}", "Chunk ID: <chunk>")
        .replaceAll("Wall time: [0-9.]+ seconds", "Wall time: <time> seconds");
  }

  private String name(String id, String kind) {
    if (!UUID.matcher(id).matches()) {
      return id;
    }
    String known = namesByText.get(id);
    if (known != null) {
      return known;
    }
    String name = "$" + kind + counts.merge(kind, 1, Integer::sum);
    with(name, id);
    return name;
  }
}
