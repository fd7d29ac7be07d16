package dev.codexlsp.core.turn;

import dev.codexlsp.core.model.ResponseItem;
import dev.codexlsp.core.thread.ReviewTarget;
import java.util.ArrayList;
import java.util.List;

/// What a model is told that shall review changes. Pure; the texts are our own.
public final class CodeReviewPrompt {
  private static final int SHORT_SHA = 7;

  private static final String INSTRUCTIONS =
      """
      You review a change that somebody else has made. Read the change and as much of the code around it as you \
      need; look, do not edit.

      Report only what its author would fix after being told: a defect that this change brings in, that has a \
      concrete way to show itself, and that is not plainly intended. Leave out taste, formatting, and what was wrong \
      before. Better no finding than a doubtful one; but do not stop at the first.

      Each finding
      - title: one line that begins with its priority, [P0] to [P3]: P0 stops everything, P1 is urgent, P2 is to be \
      fixed in time, P3 is good to have. Repeat the number in `priority`.
      - body: one short paragraph: what goes wrong, with which input or in which situation, and why.
      - code_location: the absolute path of the file and the few lines where it shows, which are part of the change.
      - confidence_score: from 0 to 1.

      Then judge the whole: overall_correctness is `patch is correct` when nothing that exists breaks and no finding \
      blocks, else `patch is incorrect`. Explain that in one to three sentences.

      Answer with one JSON object and nothing around it:
      {"findings":[{"title":"","body":"","confidence_score":0.0,"priority":0,"code_location":\
      {"absolute_file_path":"","line_range":{"start":1,"end":1}}}],"overall_correctness":"",\
      "overall_explanation":"","overall_confidence_score":0.0}
      """;

  private CodeReviewPrompt() {}

  /// All that one request sends.
  static List<ResponseItem> input(List<ResponseItem> said, List<ResponseItem> done) {
    List<ResponseItem> input = new ArrayList<>(said.size() + done.size() + 1);
    input.add(ResponseItem.message("developer", INSTRUCTIONS));
    input.addAll(said);
    input.addAll(done);
    return input;
  }

  /// What is looked at, in a few words for the user.
  public static String label(ReviewTarget target) {
    return switch (target) {
      case ReviewTarget.UncommittedChanges() -> "current changes";
      case ReviewTarget.BaseBranch(String branch) -> "changes against '" + branch + "'";
      case ReviewTarget.Commit(String sha, var title) ->
          "commit "
              + sha.substring(0, Math.min(sha.length(), SHORT_SHA))
              + (title == null ? "" : ": " + title);
      case ReviewTarget.Custom(String instructions) -> instructions;
    };
  }

  /// The same as a task for the model.
  static String task(ReviewTarget target) {
    return switch (target) {
      case ReviewTarget.UncommittedChanges() ->
          "Review what is not committed yet: staged and unstaged changes, and files that git does"
              + " not know.";
      case ReviewTarget.BaseBranch(String branch) ->
          "Review what a merge into the branch '"
              + branch
              + "' would bring: find the merge base of HEAD and that branch, of its upstream where"
              + " it has one, and look at the difference since then.";
      case ReviewTarget.Commit(String sha, var title) ->
          "Review the commit " + sha + (title == null ? "." : " (\"" + title + "\").");
      case ReviewTarget.Custom(String instructions) -> instructions;
    };
  }
}
