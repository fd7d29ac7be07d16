package dev.codexlsp.server.protocol;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import dev.codexlsp.core.approval.Decision;
import dev.codexlsp.exec.json.WireException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A plain decision is a word; one that brings a rule is an object whose one member is named after
/// it, with the rule in a spelling of its own.
final class DecisionAdapter extends TypeAdapter<Decision> {
  private static final String AMENDED = "acceptWithExecpolicyAmendment";
  private static final String AMENDMENT = "execpolicy_amendment";

  @Override
  public void write(JsonWriter out, Decision decision) throws IOException {
    switch (decision) {
      case Decision.Accept() -> out.value("accept");
      case Decision.AcceptForSession() -> out.value("acceptForSession");
      case Decision.Decline() -> out.value("decline");
      case Decision.Cancel() -> out.value("cancel");
      case Decision.AcceptWithExecpolicyAmendment(List<String> words) -> {
        out.beginObject().name(AMENDED);
        out.beginObject().name(AMENDMENT).beginArray();
        for (String word : words) {
          out.value(word);
        }
        out.endArray().endObject().endObject();
      }
    }
  }

  @Override
  public Decision read(JsonReader in) throws IOException {
    String path = WireException.path(in);
    JsonElement json = JsonParser.parseReader(in);
    Decision decision = json instanceof JsonObject object ? amended(object) : word(json);
    if (decision == null) {
      throw new WireException(path, "unknown decision " + json);
    }
    return decision;
  }

  private static @Nullable Decision word(JsonElement json) {
    if (!(json instanceof JsonPrimitive word) || !word.isString()) {
      return null;
    }
    return switch (word.getAsString()) {
      case "accept" -> new Decision.Accept();
      case "acceptForSession" -> new Decision.AcceptForSession();
      case "decline" -> new Decision.Decline();
      case "cancel" -> new Decision.Cancel();
      default -> null;
    };
  }

  private static @Nullable Decision amended(JsonObject object) {
    if (object.size() != 1
        || !(object.get(AMENDED) instanceof JsonObject detail)
        || !(detail.get(AMENDMENT) instanceof JsonArray array)
        || array.isEmpty()) {
      return null;
    }
    List<String> words = new ArrayList<>();
    for (JsonElement element : array) {
      if (!(element instanceof JsonPrimitive word) || !word.isString()) {
        return null;
      }
      words.add(word.getAsString());
    }
    return new Decision.AcceptWithExecpolicyAmendment(words);
  }
}
