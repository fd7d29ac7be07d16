package dev.codexlsp.core.store;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.codexlsp.core.thread.Item;
import dev.codexlsp.core.thread.UserInput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How numbered files spell a finished item. Pure.
final class NumberedItem {
  private NumberedItem() {}

  /// Null for what only the call and its output tell.
  static @Nullable JsonObject of(Item item) {
    return switch (item) {
      case Item.UserMessage message -> {
        JsonArray content = new JsonArray();
        for (UserInput input : message.content()) {
          switch (input) {
            case UserInput.Text(String text) -> {
              JsonObject part = part("text", text);
              part.add("text_elements", new JsonArray());
              content.add(part);
            }
          }
        }
        JsonObject json = named("UserMessage", item);
        json.add("content", content);
        yield json;
      }
      case Item.AgentMessage message -> {
        JsonArray content = new JsonArray();
        content.add(part("Text", message.text()));
        JsonObject json = named("AgentMessage", item);
        json.add("content", content);
        yield json;
      }
      case Item.Reasoning reasoning -> {
        JsonObject json = named("Reasoning", item);
        json.add("summary_text", texts(reasoning.summary()));
        json.add("raw_content", texts(reasoning.content()));
        yield json;
      }
      case Item.CommandExecution _,
          Item.FileChange _,
          Item.DynamicToolCall _,
          Item.ImageView _,
          Item.EnteredReviewMode _,
          Item.ExitedReviewMode _,
          Item.ContextCompaction _ ->
          null;
    };
  }

  private static JsonObject named(String type, Item item) {
    JsonObject json = new JsonObject();
    json.addProperty("type", type);
    json.addProperty("id", item.id().value());
    return json;
  }

  private static JsonObject part(String type, String text) {
    JsonObject json = new JsonObject();
    json.addProperty("type", type);
    json.addProperty("text", text);
    return json;
  }

  private static JsonArray texts(List<String> texts) {
    JsonArray json = new JsonArray();
    texts.forEach(json::add);
    return json;
  }
}
