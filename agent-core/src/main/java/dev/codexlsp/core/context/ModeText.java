package dev.codexlsp.core.context;

import dev.codexlsp.core.thread.CollaborationMode;
import org.jspecify.annotations.Nullable;

/// How the user and the model work together: the message `<collaboration_mode>`.
public final class ModeText {
  private static final String PLAN =
      """
      <collaboration_mode>
      You are in Plan mode until a developer message says otherwise; the user's words do not end it.
      Work out with the user what shall be done, and change nothing: read, search, run checks that \
      leave no trace. Ask with request_user_input what only the user can know, and find out the rest \
      yourself. When nothing important is open, answer with the plan: the goal, what changes where, how \
      it is tested, what was assumed; complete enough that somebody else can carry it out without a \
      decision of their own. Write it in Markdown between a line <proposed_plan> and a line </proposed_plan>.
      </collaboration_mode>\
      """;

  private static final String DEFAULT =
      """
      <collaboration_mode>
      You are in Default mode; what was said of other modes no longer holds. Do the work, and assume \
      what is reasonable instead of asking. request_user_input is not available.
      </collaboration_mode>\
      """;

  private ModeText() {}

  /// The message for a mode.
  ///
  /// @param instructions of a client; null for our own
  public static String of(CollaborationMode mode, @Nullable String instructions) {
    return instructions == null
        ? of(mode)
        : "<collaboration_mode>\n" + instructions.strip() + "\n</collaboration_mode>";
  }

  private static String of(CollaborationMode mode) {
    return switch (mode) {
      case PLAN -> PLAN;
      case DEFAULT -> DEFAULT;
    };
  }
}
