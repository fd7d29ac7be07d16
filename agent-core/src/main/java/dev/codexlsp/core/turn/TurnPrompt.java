package dev.codexlsp.core.turn;

import dev.codexlsp.core.context.BaseInstructions;
import dev.codexlsp.core.context.ContextMessages;
import dev.codexlsp.core.model.ResponseItem;
import dev.codexlsp.core.thread.UserInput;
import dev.codexlsp.core.tool.ExecEnvironment;
import dev.codexlsp.core.tool.UserShell;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the model is told besides what it said itself: instructions first, then where it works and
/// what it may do, then the user's words. Runs on the turn's thread.
final class TurnPrompt {
  private final TurnSettings settings;
  private final Path cwd;
  private final Clock clock;

  TurnPrompt(TurnSettings settings, Path cwd, Clock clock) {
    this.settings = settings;
    this.cwd = cwd;
    this.clock = clock;
  }

  /// All that one request sends.
  ///
  /// @param done what earlier tries of the same step completed
  List<ResponseItem> input(List<ResponseItem> history, List<ResponseItem> done) {
    List<ResponseItem> input = new ArrayList<>(history.size() + done.size() + 1);
    input.add(ResponseItem.message("developer", BaseInstructions.TEXT));
    input.addAll(history);
    input.addAll(done);
    return input;
  }

  /// The context messages that the history does not hold yet in this wording.
  List<ResponseItem> newContext(List<ResponseItem> history) {
    ContextMessages now =
        ContextMessages.of(
            new ContextMessages.Facts(
                cwd,
                shellName(settings.environment()),
                LocalDate.now(clock),
                clock.getZone(),
                settings.approvalPolicy(),
                settings.sandbox()));
    List<ResponseItem> messages = new ArrayList<>();
    ResponseItem permissions = ResponseItem.message("developer", now.permissions());
    ResponseItem place = ResponseItem.message("user", now.environment());
    if (!isLatest(permissions, history)) {
      messages.add(permissions);
    }
    if (!isLatest(place, history)) {
      messages.add(place);
    }
    return messages;
  }

  /// The user's words as the model will read them.
  static ResponseItem userMessage(List<UserInput> words) {
    String text =
        words.stream()
            .map(input ->
                switch (input) {
                  case UserInput.Text(String part) -> part;
                })
            .collect(Collectors.joining("\n"));
    return ResponseItem.message("user", text);
  }

  /// Nobody waits for a place that the turn may not even need.
  private static @Nullable String shellName(@Nullable ExecEnvironment environment) {
    UserShell shell = environment == null ? null : environment.knownShell();
    return shell == null ? null : shell.name();
  }

  /// Whether the last message of this kind in the history says exactly this. The kind is known by
  /// the opening tag.
  private static boolean isLatest(ResponseItem message, List<ResponseItem> history) {
    String text = String.join("", message.texts("content"));
    String tag = text.lines().findFirst().orElse("");
    for (ResponseItem earlier : history.reversed()) {
      String earlierText = String.join("", earlier.texts("content"));
      if (earlier.text("role").equals(message.text("role")) && earlierText.startsWith(tag)) {
        return earlierText.equals(text);
      }
    }
    return false;
  }
}
