package dev.codexlsp.core.session;

import dev.codexlsp.core.model.ContextWindow;
import dev.codexlsp.core.model.ModelInfo;
import dev.codexlsp.core.model.ResponseItem;
import dev.codexlsp.core.store.Compacted;
import dev.codexlsp.core.store.Rollout;
import dev.codexlsp.core.store.StoredThread;
import dev.codexlsp.core.store.TurnContext;
import dev.codexlsp.core.thread.Collaboration;
import dev.codexlsp.core.thread.CollaborationMode;
import dev.codexlsp.core.thread.DynamicToolSpec;
import dev.codexlsp.core.thread.Item;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.thread.ThreadStatus;
import dev.codexlsp.core.thread.TokenUsage;
import dev.codexlsp.core.thread.Turn;
import dev.codexlsp.core.thread.UserInput;
import dev.codexlsp.core.turn.ContextUse;
import dev.codexlsp.core.turn.Conversation;
import dev.codexlsp.core.turn.Effort;
import dev.codexlsp.core.turn.ThreadOverrides;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// What a thread knows between turns: its history, its cost, its settings, how it stands. Confined
/// to the owner.
public final class ThreadState {
  private static final int PREVIEW_LIMIT = 200;

  private final Clock clock;
  private final Rollout rollout;
  private final List<DynamicToolSpec> dynamicTools;
  private final List<ResponseItem> history = new ArrayList<>();
  private ThreadOverrides overrides;
  private OpenedThread opened;
  private ContextWindow window;
  private ContextUse use = ContextUse.NOTHING;
  private long contextWindow;
  private TokenUsage usage;
  private boolean hasFailed;

  /// @param opened the thread as it is when nobody has spoken yet
  public ThreadState(
      OpenedThread opened,
      ThreadOverrides overrides,
      List<DynamicToolSpec> dynamicTools,
      Rollout rollout,
      Clock clock) {
    this.opened = opened;
    this.overrides = overrides;
    this.dynamicTools = List.copyOf(dynamicTools);
    this.rollout = rollout;
    this.clock = clock;
    // Nothing else needs to be stored to know this one again.
    this.window = ContextWindow.first(opened.thread().id().value());
    this.contextWindow =
        ModelInfo.of(Objects.requireNonNullElse(overrides.model(), "")).contextWindow();
    this.usage =
        new TokenUsage(TokenUsage.Breakdown.ZERO, TokenUsage.Breakdown.ZERO, contextWindow);
  }

  /// Takes up what an earlier process has left. Called once, before the thread has its owner.
  public void restore(StoredThread stored) {
    for (ResponseItem item : stored.history()) {
      history.add(item);
      use = use.plus(item);
    }
    if (stored.window() != null) {
      window = stored.window();
    }
    if (stored.usage() != null) {
      usage = stored.usage();
      use = use.after(usage.last());
    }
    preview(stored.preview());
  }

  ThreadId id() {
    return opened.thread().id();
  }

  OpenedThread opened() {
    return opened;
  }

  ThreadOverrides overrides() {
    return overrides;
  }

  /// What the client that opened the thread has brought along.
  List<DynamicToolSpec> dynamicTools() {
    return dynamicTools;
  }

  Rollout rollout() {
    return rollout;
  }

  Conversation conversation() {
    return new Conversation(history, window, use);
  }

  TokenUsage usage() {
    return usage;
  }

  ThreadStatus status() {
    return opened.thread().status();
  }

  /// Of the model that was asked last.
  long contextWindow() {
    return contextWindow;
  }

  /// What a turn has found out that it runs with.
  void settled(TurnContext context) {
    contextWindow = context.contextWindow();
  }

  ThreadSettings settings() {
    Effort effort = overrides.effort();
    String model = Objects.requireNonNullElse(overrides.model(), opened.thread().model());
    String word = effort == null ? opened.effort() : effort.word();
    ThreadOverrides.Mode mode = overrides.mode();
    return new ThreadSettings(
        Objects.requireNonNullElse(overrides.cwd(), opened.thread().cwd()),
        Objects.requireNonNullElse(overrides.approvalPolicy(), opened.approvalPolicy()),
        Objects.requireNonNullElse(overrides.reviewer(), opened.approvalsReviewer()),
        Objects.requireNonNullElse(overrides.sandbox(), opened.sandbox()),
        model,
        Objects.requireNonNullElse(overrides.modelProvider(), opened.thread().modelProvider()),
        overrides.serviceTier(),
        word,
        overrides.summary(),
        new Collaboration(
            mode == null ? CollaborationMode.DEFAULT : mode.kind(),
            new Collaboration.Settings(model, word, mode == null ? null : mode.instructions())));
  }

  /// Wishes that came with a turn stay for the turns after it.
  void override(ThreadOverrides wishes) {
    overrides = wishes.over(overrides);
  }

  void remember(ResponseItem item) {
    history.add(item);
    use = use.plus(item);
  }

  void spend(TokenUsage.Breakdown last) {
    usage = new TokenUsage(usage.total().plus(last), last, contextWindow());
    use = use.after(last);
  }

  /// The model has not said yet what the new history costs; until then an estimate is told.
  void compact(Compacted compacted, long tokens) {
    history.clear();
    history.addAll(compacted.history());
    window = compacted.window();
    use = new ContextUse(tokens, 0);
    usage =
        new TokenUsage(
            usage.total(), new TokenUsage.Breakdown(tokens, 0, 0, 0, 0, 0), contextWindow());
  }

  /// The model says that no more fits, whatever was counted so far. As in the original, the last
  /// response is said to have cost what was missing.
  void fillContextWindow() {
    long window = contextWindow();
    long missing = Math.max(0, window - usage.total().totalTokens());
    usage =
        new TokenUsage(
            new TokenUsage.Breakdown(window, 0, 0, 0, 0, 0),
            new TokenUsage.Breakdown(missing, 0, 0, 0, 0, 0),
            window);
    use = use.full(window);
  }

  void ended(Turn turn) {
    hasFailed = turn.status() == Turn.Status.FAILED;
  }

  /// The first words of the first message name the thread.
  void preview(Item.UserMessage message) {
    if (!message.content().isEmpty()
        && message.content().getFirst() instanceof UserInput.Text(String text, var _)) {
      preview(text);
    }
  }

  private void preview(String text) {
    if (opened.thread().preview().isEmpty()) {
      int end = Math.min(text.length(), PREVIEW_LIMIT);
      boolean isSplit = end > 0 && Character.isHighSurrogate(text.charAt(end - 1));
      String preview = text.substring(0, isSplit ? end - 1 : end);
      opened = opened.with(opened.thread().withPreview(preview, clock.instant().getEpochSecond()));
    }
  }

  /// True when the status is not what it was.
  boolean isNewStatus(boolean isRunning, List<ThreadStatus.ActiveFlag> flags) {
    if (isRunning) {
      hasFailed = false;
    }
    ThreadStatus now =
        isRunning
            ? new ThreadStatus.Active(flags)
            : hasFailed ? new ThreadStatus.SystemError() : new ThreadStatus.Idle();
    if (now.equals(status())) {
      return false;
    }
    opened = opened.with(opened.thread().withStatus(now));
    return true;
  }
}
