package dev.codexlsp.server.protocol;

import java.util.List;
import java.util.Map;

/// The answer of a human to `item/tool/requestUserInput`.
///
/// @param answers by the id of the question
public record UserInputResponse(Map<String, Chosen> answers) {
  public UserInputResponse {
    answers = Map.copyOf(answers);
  }

  /// The answer to one question.
  ///
  /// @param answers labels of options, or words of the user's own
  public record Chosen(List<String> answers) {
    public Chosen {
      answers = List.copyOf(answers);
    }
  }
}
