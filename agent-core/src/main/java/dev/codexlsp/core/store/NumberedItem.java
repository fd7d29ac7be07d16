package dev.codexlsp.core.store;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.codexlsp.core.thread.Item;
import dev.codexlsp.core.thread.UserInput;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How numbered files spell a finished item.
final class NumberedItem {
  private NumberedItem() {}

  /// Null for what only the call and its output tell.
  ///
  /// @param blobs keeps the pictures, which the history holds already
  static @Nullable JsonObject of(Item item, Blobs blobs) {
    return switch (item) {
      case Item.UserMessage message -> userMessage(message, blobs);
      case Item.AgentMessage message -> agentMessage(message);
      case Item.Reasoning reasoning -> {
        JsonObject json = named("Reasoning", item);
        json.add("summary_text", texts(reasoning.summary()));
        json.add("raw_content", texts(reasoning.content()));
        yield json;
      }
      case Item.Plan plan -> {
        JsonObject json = named("Plan", item);
        json.addProperty("text", plan.text());
        yield json;
      }
      case Item.EnteredReviewMode entered ->
          ReviewJson.entered(entered, named("EnteredReviewMode", item));
      case Item.ExitedReviewMode exited ->
          ReviewJson.exited(exited, named("ExitedReviewMode", item));
      case Item.ContextCompaction _ -> named("ContextCompaction", item);
      case Item.CommandExecution _, Item.FileChange _, Item.DynamicToolCall _, Item.ImageView _ ->
          null;
    };
  }

  private static JsonObject userMessage(Item.UserMessage message, Blobs blobs) {
    JsonArray content = new JsonArray();
    message.content().forEach(input -> content.add(input(input, blobs)));
    JsonObject json = named("UserMessage", message);
    json.add("content", content);
    return json;
  }

  private static JsonObject agentMessage(Item.AgentMessage message) {
    JsonArray content = new JsonArray();
    content.add(part("Text", message.text()));
    JsonObject json = named("AgentMessage", message);
    json.add("content", content);
    return json;
  }

  private static JsonObject input(UserInput input, Blobs blobs) {
    return switch (input) {
      case UserInput.Text text -> {
        JsonObject json = part("text", text.text());
        json.add("text_elements", new JsonArray());
        yield json;
      }
      case UserInput.Image image -> {
        Path kept = blobs.keep(image.url());
        yield kept == null
            ? member("image", "image_url", image.url())
            : member("local_image", "path", kept.toString());
      }
      case UserInput.LocalImage image -> member("local_image", "path", image.path().toString());
      case UserInput.Skill skill -> {
        JsonObject json = member("skill", "name", skill.name());
        json.addProperty("path", skill.path().toString());
        yield json;
      }
      case UserInput.Mention mention -> {
        JsonObject json = member("mention", "name", mention.name());
        json.addProperty("path", mention.path());
        yield json;
      }
    };
  }

  private static JsonObject named(String type, Item item) {
    JsonObject json = new JsonObject();
    json.addProperty("type", type);
    json.addProperty("id", item.id().value());
    return json;
  }

  private static JsonObject part(String type, String text) {
    return member(type, "text", text);
  }

  private static JsonObject member(String type, String name, String value) {
    JsonObject json = new JsonObject();
    json.addProperty("type", type);
    json.addProperty(name, value);
    return json;
  }

  private static JsonArray texts(List<String> texts) {
    JsonArray json = new JsonArray();
    texts.forEach(json::add);
    return json;
  }
}
