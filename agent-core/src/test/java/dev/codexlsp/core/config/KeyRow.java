package dev.codexlsp.core.config;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.codexlsp.core.config.KeyWorld.Seen;
import dev.codexlsp.core.config.KeyWorld.Talk;
import dev.codexlsp.core.model.ModelCall;
import dev.codexlsp.core.thread.ThreadEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A key, and what it changes for somebody who looks from outside.
///
/// @param key as in the table of keys, with the name `mine` for `*`
/// @param value as TOML
/// @param context further lines of the file, with the key and without; one that begins with `-`
///   takes a line of [#BASE] away
/// @param probe what is looked at
record KeyRow(
    String key,
    String value,
    List<String> context,
    Talk talk,
    String script,
    Function<Seen, String> probe,
    String without,
    String with) {
  private static final List<String> BASE =
      List.of(
          "model = 'gpt-5.5'",
          "model_provider = 'mine'",
          "approval_policy = 'never'",
          "sandbox_mode = 'danger-full-access'",
          "model_providers.mine.base_url = '$model'",
          "model_providers.mine.request_max_retries = 0",
          "model_providers.mine.stream_max_retries = 0");

  private static final String ANSWERS = "response\nmessage \"Done.\"\n".repeat(6);

  /// A row that is not finished yet: what is changed and what is looked at.
  static KeyRow row(String key, String value, Function<Seen, String> probe) {
    return new KeyRow(key, value, List.of(), Talk.TURN, ANSWERS, probe, "", "");
  }

  KeyRow in(String... lines) {
    return new KeyRow(key, value, List.of(lines), talk, script, probe, without, with);
  }

  KeyRow by(Talk other) {
    return new KeyRow(key, value, context, other, script, probe, without, with);
  }

  /// The model says this first.
  KeyRow hearing(String response) {
    String all = "response\n" + response + "\n" + ANSWERS;
    return new KeyRow(key, value, context, talk, all, probe, without, with);
  }

  KeyRow changes(String before, String after) {
    return new KeyRow(key, value, context, talk, script, probe, before, after);
  }

  /// The name in the table of keys.
  String name() {
    return key.replace("$project", "NAME").replace("\"", "").replace(".mine", ".NAME");
  }

  /// The whole file.
  String toml(boolean hasKey) {
    List<String> lines = new ArrayList<>(context);
    lines.removeIf(line -> line.startsWith("-"));
    if (hasKey) {
      lines.add(key + " = " + value);
    }
    for (String line : BASE) {
      String named = line.split(" = ", 2)[0];
      boolean isReplaced = lines.stream().anyMatch(other -> other.startsWith(named + " = "));
      if (!isReplaced && !context.contains("-" + named)) {
        lines.add(line);
      }
    }
    return String.join("\n", lines) + "\n";
  }

  @Override
  public String toString() {
    return key + " = " + value;
  }

  // What can be looked at.

  /// A member of the last request's body, by its dotted path.
  static Function<Seen, String> body(String path) {
    return seen -> {
      JsonElement found = last(seen).body();
      for (String name : path.split("\\.", -1)) {
        found = found instanceof JsonObject object ? object.get(name) : null;
      }
      return found == null ? "absent" : found.isJsonPrimitive() ? found.getAsString() : "" + found;
    };
  }

  static Function<Seen, String> header(String name) {
    return seen -> Objects.requireNonNullElse(last(seen).headers().get(name), "absent");
  }

  /// Whether a text is part of what the model reads.
  static Function<Seen, String> says(String text) {
    return seen -> "" + last(seen).body().get("input").toString().contains(text);
  }

  /// The first thing that the model reads.
  static String first(Seen seen) {
    return match(seen, "\\A\\[\\{.*?\"text\":\"([A-Za-z .]*)");
  }

  /// What stands there in what the model reads.
  static Function<Seen, String> part(String pattern) {
    return seen -> match(seen, pattern);
  }

  private static String match(Seen seen, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(last(seen).body().get("input").toString());
    return matcher.find() ? matcher.group(1) : "absent";
  }

  static String calls(Seen seen) {
    return "" + seen.calls().size();
  }

  static String path(Seen seen) {
    return last(seen).path();
  }

  static String error(Seen seen) {
    return seen.events().stream()
        .filter(ThreadEvent.ErrorOccurred.class::isInstance)
        .map(event -> ((ThreadEvent.ErrorOccurred) event).error().message())
        .reduce("none", (_, later) -> later);
  }

  static String sandbox(Seen seen) {
    return seen.opened().sandbox().toString();
  }

  static String policy(Seen seen) {
    return seen.opened().approvalPolicy().toString();
  }

  /// The window that clients are told of.
  static String window(Seen seen) {
    return seen.events().stream()
        .filter(ThreadEvent.TokenUsageUpdated.class::isInstance)
        .map(
            event -> "" + ((ThreadEvent.TokenUsageUpdated) event).tokenUsage().modelContextWindow())
        .findFirst()
        .orElse("absent");
  }

  private static ModelCall last(Seen seen) {
    return seen.calls().getLast();
  }
}
