package dev.codexlsp.core.model;

import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Items of a history, and whole histories by chance.
public final class Histories {
  public static final List<ResponseItem> CONTEXT =
      List.of(
          ResponseItem.message("developer", "<permissions instructions>\nNo.\n</permissions>"),
          ResponseItem.message(
              "user", "<environment_context>\n  <cwd>/w</cwd>\n</environment_context>"));

  private Histories() {}

  public static ResponseItem user(String text) {
    return ResponseItem.message("user", text);
  }

  public static ResponseItem said(String text) {
    return item(
        "{\"type\":\"message\",\"role\":\"assistant\",\"content\":[{\"type\":\"output_text\",\"text\":\""
            + text
            + "\"}]}");
  }

  public static ResponseItem call(String id) {
    return item("{\"type\":\"function_call\",\"call_id\":\"" + id + "\",\"name\":\"x\"}");
  }

  public static ResponseItem output(String id) {
    return call(id).answered("done");
  }

  public static ResponseItem item(String json) {
    return new ResponseItem(JsonParser.parseString(json).getAsJsonObject());
  }

  /// Whatever may have happened to a thread: calls without outputs and the other way round, ids
  /// that come twice, words of any length.
  public static List<ResponseItem> random(Random random) {
    List<ResponseItem> items = new ArrayList<>();
    int size = random.nextInt(60);
    for (int i = 0; i < size; i++) {
      String id = "c" + random.nextInt(8);
      items.add(
          switch (random.nextInt(9)) {
            case 0, 1 -> user("word " + i + " é€𝄞".repeat(random.nextInt(4_000)));
            case 2 -> said("answer " + i);
            case 3, 4 -> call(id);
            case 5, 6 -> output(id);
            case 7 -> item("{\"type\":\"reasoning\",\"id\":\"r" + i + "\",\"summary\":[]}");
            default -> CONTEXT.get(random.nextInt(CONTEXT.size()));
          });
    }
    return items;
  }
}
