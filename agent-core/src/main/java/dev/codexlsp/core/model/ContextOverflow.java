package dev.codexlsp.core.model;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;

/// Knows how servers say that a conversation has become too long for the model. The service has a
/// code for it; servers of local models have words of their own.
final class ContextOverflow {
  private static final List<String> WORDS =
      List.of(
          "maximum context length",
          "maximum context size",
          "exceeds the available context size",
          "exceeds the context window",
          "exceed context window",
          "greater than the context length",
          "input length exceeds the context length");

  private ContextOverflow() {}

  /// @param error the member `error` of an answer
  static boolean isTold(JsonObject error) {
    return Json.text(error, "code").equals("context_length_exceeded")
        || Json.text(error, "type").equals("exceed_context_size_error")
        || hasWords(Json.text(error, "message"));
  }

  private static boolean hasWords(String message) {
    String lower = message.toLowerCase(Locale.ROOT);
    return WORDS.stream().anyMatch(lower::contains);
  }
}
