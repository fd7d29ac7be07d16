package dev.codexlsp.core.session;

import dev.codexlsp.core.thread.CodexErrorInfo;
import dev.codexlsp.core.thread.Item;
import dev.codexlsp.core.thread.Turn;
import dev.codexlsp.core.thread.TurnError;
import dev.codexlsp.core.thread.TurnId;
import dev.codexlsp.core.thread.TurnKind;
import dev.codexlsp.core.turn.Steering;
import dev.codexlsp.core.turn.TurnOptions;
import dev.codexlsp.core.turn.TurnOutcome;
import dev.codexlsp.core.turn.TurnWork;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The turn that runs now, as its owner sees it. Confined to the owner, except the body of the
/// turn's own thread.
final class RunningTurn {
  private static final System.Logger LOG = System.getLogger(RunningTurn.class.getName());

  private final TurnId id;
  private final AcceptedTurn accepted;
  private final Steering steering;
  private final Clock clock;
  private final long startedAtMs;
  private final Thread thread;
  private Item.@Nullable AgentMessage lastMessage;
  private @Nullable TurnError failure;
  private boolean isInterrupted;

  /// @param body runs the turn on a virtual thread of its own
  RunningTurn(
      AcceptedTurn turn,
      Clock clock,
      Steering steering,
      Supplier<TurnOutcome> body,
      Consumer<Mail> mailbox) {
    this.id = turn.id();
    this.accepted = turn;
    this.steering = steering;
    this.clock = clock;
    this.startedAtMs = clock.millis();
    this.thread =
        Thread.ofVirtual()
            .name("turn-" + id)
            .unstarted(() -> mailbox.accept(new Mail.Finished(fenced(body))));
  }

  /// A bug, or too little memory, ends its turn and nothing else.
  private TurnOutcome fenced(Supplier<TurnOutcome> body) {
    try {
      return body.get();
    } catch (RuntimeException | Error bug) {
      LOG.log(System.Logger.Level.ERROR, "turn " + id + " broke", bug);
      return new TurnOutcome.Failed(
          new TurnError("internal error", CodexErrorInfo.Kind.OTHER, null));
    }
  }

  TurnId id() {
    return id;
  }

  TurnKind kind() {
    return accepted.kind();
  }

  /// The turn as a client sees it that has just spoken to it.
  Turn announced() {
    return accepted.announced();
  }

  /// Whether the turn answers in the form that is wanted.
  boolean answersLike(TurnWork.Conversation wanted) {
    return accepted.work() instanceof TurnWork.Conversation(var _, TurnOptions options)
        && wanted.options().isMetBy(options);
  }

  Steering steering() {
    return steering;
  }

  void run() {
    thread.start();
  }

  /// Once is enough, see [Steering#stop].
  void interrupt() {
    if (!isInterrupted) {
      isInterrupted = true;
      steering.stop(thread);
    }
  }

  /// The turn ends, and not because the user wanted it to.
  void fail(TurnError error) {
    if (failure == null) {
      failure = error;
    }
    interrupt();
  }

  void said(Item.AgentMessage message) {
    lastMessage = message;
  }

  Turn started() {
    return new Turn(
        id,
        List.of(),
        Turn.ItemsView.NOT_LOADED,
        Turn.Status.IN_PROGRESS,
        null,
        startedAtMs / 1000,
        null,
        null);
  }

  TurnEnd end(TurnOutcome outcome) {
    long now = clock.millis();
    TurnError error =
        failure != null
            ? failure
            : outcome instanceof TurnOutcome.Failed(TurnError modelError) ? modelError : null;
    Turn.Status status =
        error != null
            ? Turn.Status.FAILED
            : outcome instanceof TurnOutcome.Completed
                ? Turn.Status.COMPLETED
                : Turn.Status.INTERRUPTED;
    Item.AgentMessage last = lastMessage;
    Turn turn =
        new Turn(
            id,
            last == null ? List.of() : List.of(last),
            last == null ? Turn.ItemsView.NOT_LOADED : Turn.ItemsView.SUMMARY,
            status,
            error,
            startedAtMs / 1000,
            now / 1000,
            now - startedAtMs);
    return new TurnEnd(turn, last == null ? null : last.text());
  }
}
