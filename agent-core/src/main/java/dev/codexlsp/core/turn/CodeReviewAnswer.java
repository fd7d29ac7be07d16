package dev.codexlsp.core.turn;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.codexlsp.core.thread.ReviewOutput;
import dev.codexlsp.core.thread.ReviewOutput.Finding;
import dev.codexlsp.core.thread.ReviewOutput.LineRange;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a reviewer answers: the form it is asked for, how it is read, and how it is shown. Pure.
final class CodeReviewAnswer {
  /// A reviewer that finds more than this has not looked for what matters.
  private static final int MAX_FINDINGS = 200;

  private static final String SCHEMA =
      """
      {"type":"object","additionalProperties":false,
       "required":["findings","overall_correctness","overall_explanation","overall_confidence_score"],
       "properties":{
        "findings":{"type":"array","items":{
         "type":"object","additionalProperties":false,
         "required":["title","body","confidence_score","priority","code_location"],
         "properties":{
          "title":{"type":"string"},
          "body":{"type":"string"},
          "confidence_score":{"type":"number"},
          "priority":{"type":["integer","null"]},
          "code_location":{"type":"object","additionalProperties":false,
           "required":["absolute_file_path","line_range"],
           "properties":{
            "absolute_file_path":{"type":"string"},
            "line_range":{"type":"object","additionalProperties":false,
             "required":["start","end"],
             "properties":{"start":{"type":"integer"},"end":{"type":"integer"}}}}}}}},
        "overall_correctness":{"type":"string","enum":["patch is correct","patch is incorrect"]},
        "overall_explanation":{"type":"string"},
        "overall_confidence_score":{"type":"number"}}}
      """;

  private CodeReviewAnswer() {}

  static JsonObject schema() {
    return JsonParser.parseString(SCHEMA).getAsJsonObject();
  }

  /// Null for an answer in words. Models put words around the object, so it is looked for; a
  /// finding without a place is none.
  static @Nullable ReviewOutput read(String text) {
    int start = text.indexOf('{');
    int end = text.lastIndexOf('}');
    if (start < 0 || end < start) {
      return null;
    }
    try {
      return JsonParser.parseString(text.substring(start, end + 1)) instanceof JsonObject json
              && json.get("findings") instanceof JsonArray findings
          ? output(json, findings)
          : null;
    } catch (JsonParseException words) {
      return null;
    }
  }

  private static ReviewOutput output(JsonObject json, JsonArray findings) {
    List<Finding> found = new ArrayList<>();
    for (JsonElement element : findings) {
      Finding finding = element instanceof JsonObject object ? finding(object) : null;
      if (finding != null && found.size() < MAX_FINDINGS) {
        found.add(finding);
      }
    }
    return new ReviewOutput(
        found,
        word(json, "overall_correctness"),
        word(json, "overall_explanation"),
        number(json, "overall_confidence_score"));
  }

  private static @Nullable Finding finding(JsonObject json) {
    if (!(json.get("code_location") instanceof JsonObject place)
        || !(place.get("line_range") instanceof JsonObject range)) {
      return null;
    }
    Double start = number(range, "start");
    Double end = number(range, "end");
    Double priority = number(json, "priority");
    try {
      Path file = Path.of(word(place, "absolute_file_path"));
      return start == null || end == null || file.toString().isEmpty()
          ? null
          : new Finding(
              word(json, "title"),
              word(json, "body"),
              file,
              new LineRange(start.intValue(), end.intValue()),
              priority == null ? null : priority.intValue(),
              number(json, "confidence_score"));
    } catch (InvalidPathException nowhere) {
      return null;
    }
  }

  private static String word(JsonObject json, String name) {
    return json.get(name) instanceof JsonPrimitive value ? value.getAsString() : "";
  }

  private static @Nullable Double number(JsonObject json, String name) {
    return json.get(name) instanceof JsonPrimitive value && value.isNumber()
        ? value.getAsDouble()
        : null;
  }

  /// The review for people.
  static String text(ReviewOutput output) {
    StringBuilder text = new StringBuilder(output.overallExplanation().strip());
    if (!output.findings().isEmpty()) {
      text.append(text.isEmpty() ? "" : "\n\n").append("Full review comments:\n");
    }
    for (Finding finding : output.findings()) {
      LineRange lines = finding.lineRange();
      text.append(
          "\n- %s — %s:%d-%d\n"
              .formatted(finding.title(), finding.file(), lines.start(), lines.end()));
      finding.body().lines().forEach(line -> text.append("  ").append(line).append('\n'));
    }
    return text.toString().strip();
  }
}
