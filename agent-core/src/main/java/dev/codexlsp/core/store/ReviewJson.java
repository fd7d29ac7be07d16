package dev.codexlsp.core.store;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.codexlsp.core.thread.Item;
import dev.codexlsp.core.thread.ReviewOutput;
import dev.codexlsp.core.thread.ReviewTarget;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How rollouts spell that a review begins and ends. Pure.
final class ReviewJson {
  /// For a finding without one, since the format knows none: the least urgent.
  private static final int NO_PRIORITY = 3;

  private ReviewJson() {}

  /// Adds to a line.
  static JsonObject entered(Item.EnteredReviewMode item, JsonObject json) {
    json.add("target", target(item.target()));
    json.addProperty("user_facing_hint", item.review());
    return json;
  }

  /// Adds to a line. A result in words only is an explanation without findings.
  static JsonObject exited(Item.ExitedReviewMode item, JsonObject json) {
    ReviewOutput output = item.output();
    json.add(
        "review_output",
        output(output == null ? new ReviewOutput(List.of(), "", item.review(), null) : output));
    return json;
  }

  private static JsonObject target(ReviewTarget target) {
    JsonObject json = new JsonObject();
    switch (target) {
      case ReviewTarget.UncommittedChanges() -> json.addProperty("type", "uncommittedChanges");
      case ReviewTarget.BaseBranch(String branch) -> {
        json.addProperty("type", "baseBranch");
        json.addProperty("branch", branch);
      }
      case ReviewTarget.Commit(String sha, var title) -> {
        json.addProperty("type", "commit");
        json.addProperty("sha", sha);
        json.addProperty("title", title);
      }
      case ReviewTarget.Custom(String instructions) -> {
        json.addProperty("type", "custom");
        json.addProperty("instructions", instructions);
      }
    }
    return json;
  }

  private static JsonObject output(ReviewOutput output) {
    JsonArray findings = new JsonArray();
    output.findings().forEach(finding -> findings.add(finding(finding)));
    JsonObject json = new JsonObject();
    json.add("findings", findings);
    json.addProperty("overall_correctness", output.overallCorrectness());
    json.addProperty("overall_explanation", output.overallExplanation());
    json.addProperty("overall_confidence_score", certain(output.overallConfidenceScore()));
    return json;
  }

  private static JsonObject finding(ReviewOutput.Finding finding) {
    JsonObject lines = new JsonObject();
    lines.addProperty("start", finding.lineRange().start());
    lines.addProperty("end", finding.lineRange().end());
    JsonObject place = new JsonObject();
    place.addProperty("absolute_file_path", finding.file().toString());
    place.add("line_range", lines);
    JsonObject json = new JsonObject();
    json.addProperty("title", finding.title());
    json.addProperty("body", finding.body());
    json.addProperty("confidence_score", certain(finding.confidenceScore()));
    json.addProperty("priority", Objects.requireNonNullElse(finding.priority(), NO_PRIORITY));
    json.add("code_location", place);
    return json;
  }

  private static double certain(@Nullable Double score) {
    return Objects.requireNonNullElse(score, 0.0);
  }
}
