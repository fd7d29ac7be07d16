package dev.codexlsp.core.turn;

import dev.codexlsp.core.model.CallBalance;
import dev.codexlsp.core.model.ModelException;
import dev.codexlsp.core.model.ModelRequest;
import dev.codexlsp.core.model.Purpose;
import dev.codexlsp.core.model.ResponseItem;
import dev.codexlsp.core.store.Compacted;
import dev.codexlsp.core.store.TurnContext;
import dev.codexlsp.core.thread.CodexErrorInfo;
import dev.codexlsp.core.thread.Item;
import dev.codexlsp.core.thread.ItemId;
import dev.codexlsp.core.thread.ThreadEvent;
import dev.codexlsp.core.thread.TurnError;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Makes the history of a thread shorter: the model writes a summary, and that takes the place of
/// what it has said and done. As long as there is no summary the history stays as it is. Runs on
/// the turn's thread.
///
/// @param context written into the rollout behind each new history
record Compaction(
    TurnRequest request,
    TurnSettings settings,
    TurnPrompt prompt,
    TurnContext context,
    Sampling sampling,
    TurnRunner.Surroundings around) {
  /// So often the request for a summary is made smaller when it does not fit; what is left then is
  /// a twentieth of the conversation.
  static final int MAX_CUTS = 10;

  static final String PROMPT =
      """
      The conversation above is about to be replaced by a summary, because there is little room left for more of it. \
      Write that summary now, for a colleague who takes over and sees nothing else but the user's own messages.

      Say, as briefly as you can without losing what matters:
      - what the user wants, with every condition and preference that still holds
      - what has been done and found out, and what was decided and why
      - which files, commands, errors, names and values will be needed again, to the letter
      - what is left to do, and what comes first

      Answer with the summary only.
      """;

  /// Before the user's message is taken in.
  ///
  /// @return whether there is a new history, which has all of the context in it
  boolean beforeTurn(ConversationIo history) throws ModelException, InterruptedException {
    boolean isDue = !history.items().isEmpty() && settings.compaction().isDue(history.use());
    if (isDue) {
      run(history, new Purpose.Compaction(Purpose.Trigger.AUTO, Purpose.Phase.PRE_TURN));
    }
    return isDue;
  }

  /// Between two steps of the model, when every call has its output.
  void betweenSteps(ConversationIo history) throws ModelException, InterruptedException {
    CompactionTerms terms = settings.compaction();
    boolean isFutile = history.window().number() > 0 && terms.isFutile(history.use());
    if (terms.isDue(history.use()) && !isFutile) {
      run(history, MID_TURN);
    }
  }

  private static final Purpose.Compaction MID_TURN =
      new Purpose.Compaction(Purpose.Trigger.AUTO, Purpose.Phase.MID_TURN);

  /// After a step that did not fit. A conversation in which nobody but the user has spoken does not
  /// get shorter.
  ///
  /// @throws ModelException the failure itself when there is no help
  void recover(ModelException failure, ConversationIo history)
      throws ModelException, InterruptedException {
    if (!isOverflow(failure) || history.items().stream().allMatch(Compaction::isInput)) {
      throw failure;
    }
    run(history, MID_TURN);
  }

  private static boolean isInput(ResponseItem item) {
    return item.text("role").equals("user") || item.text("role").equals("developer");
  }

  private static boolean isOverflow(ModelException failure) {
    return failure.error().codexErrorInfo() == CodexErrorInfo.Kind.CONTEXT_WINDOW_EXCEEDED;
  }

  void run(ConversationIo history, Purpose.Compaction purpose)
      throws ModelException, InterruptedException {
    Item item = new Item.ContextCompaction(new ItemId(around.ids().get()));
    history.emit(new ThreadEvent.ItemStarted(request.threadId(), request.turnId(), item, millis()));
    try {
      replace(history, summary(history, purpose));
    } finally {
      history.emit(
          new ThreadEvent.ItemCompleted(request.threadId(), request.turnId(), item, millis()));
    }
  }

  private long millis() {
    return around.clock().millis();
  }

  private void replace(ConversationIo history, String summary) throws InterruptedException {
    ResponseItem message = CompactedHistory.summaryMessage(summary);
    List<ResponseItem> shorter =
        CompactedHistory.of(history.items(), prompt.newContext(List.of()), message);
    history.compacted(
        new Compacted(
            UserMessages.text(message), shorter, history.window().next(around.ids().get())),
        TokenEstimate.of(prompt.input(shorter, List.of())));
    history.settled(context);
  }

  /// What does not fit is shortened from its beginning.
  private String summary(ConversationIo history, Purpose.Compaction purpose)
      throws ModelException, InterruptedException {
    List<ResponseItem> shown = CallBalance.of(history.items());
    for (int cuts = 0; ; cuts++) {
      try {
        return summary(ask(shown, history, purpose));
      } catch (ModelException failure) {
        if (!isOverflow(failure) || cuts == MAX_CUTS || shown.isEmpty()) {
          throw failure;
        }
        shown = withoutOldest(shown);
      }
    }
  }

  private List<ResponseItem> ask(
      List<ResponseItem> shown, ConversationIo history, Purpose.Compaction purpose)
      throws ModelException, InterruptedException {
    String wish = Objects.requireNonNullElse(settings.compaction().prompt(), PROMPT);
    List<ResponseItem> input = prompt.input(shown, List.of(ResponseItem.message("user", wish)));
    ModelRequest ask =
        new ModelRequest(
            settings.provider(),
            settings.credential(),
            new ModelRequest.Caller(
                request.originator(), request.userAgent(), request.threadId(), request.turnId()),
            settings.model(),
            new ModelRequest.Manner(
                settings.effort(), settings.summary(), settings.serviceTier(), null),
            input,
            List.of(),
            new ModelRequest.Occasion(history.window(), purpose));
    // A summary that broke off is written again from its beginning.
    return sampling.step(_ -> ask, new Steering(), new CompactionIo(history)).items();
  }

  /// The last words of the model.
  private static String summary(List<ResponseItem> answer) throws ModelException {
    for (ResponseItem item : answer.reversed()) {
      String text = item.type().equals("message") ? UserMessages.text(item).strip() : "";
      if (!text.isEmpty()) {
        return text;
      }
    }
    throw new ModelException(
        new TurnError(
            "the model wrote no summary, so the conversation stays as it is",
            CodexErrorInfo.Kind.OTHER,
            null),
        new ModelException.Retry.Never());
  }

  /// A quarter goes, one item at least.
  private static List<ResponseItem> withoutOldest(List<ResponseItem> items) {
    long excess = TokenEstimate.of(items) / 4;
    int start = 0;
    while (start < items.size() && (start == 0 || excess > 0)) {
      excess -= TokenEstimate.of(items.get(start));
      start++;
    }
    return CallBalance.of(new ArrayList<>(items.subList(start, items.size())));
  }
}
