package dev.codexlsp.core.session;

import dev.codexlsp.core.store.StoreException;
import dev.codexlsp.core.thread.CodexErrorInfo;
import dev.codexlsp.core.thread.CodexException;
import dev.codexlsp.core.thread.Item;
import dev.codexlsp.core.thread.Reply;
import dev.codexlsp.core.thread.ReviewTarget;
import dev.codexlsp.core.thread.ThreadEvent;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.thread.Turn;
import dev.codexlsp.core.thread.TurnError;
import dev.codexlsp.core.thread.TurnId;
import dev.codexlsp.core.thread.TurnKind;
import dev.codexlsp.core.turn.ThreadOverrides;
import dev.codexlsp.core.turn.TurnOutcome;
import dev.codexlsp.core.turn.TurnWork;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Which turn of a thread runs, and which have been promised and wait for its end. A turn that is
/// not the user's own preempts: whatever runs or waits before it is interrupted. Confined to the
/// owner.
final class TurnControl {
  /// So many turns may wait for the end of another one.
  static final int WAITING_LIMIT = 16;

  private final ThreadParts parts;
  private final TurnLauncher launcher;
  private final ThreadVoice voice;
  private final Consumer<Mail> mailbox;
  private final Queue<AcceptedTurn> waiting = new ArrayDeque<>();
  private final Set<TurnId> cancelled = new HashSet<>();
  private @Nullable RunningTurn running;
  private boolean isClosing;

  TurnControl(ThreadParts parts, TurnLauncher launcher, ThreadVoice voice, Consumer<Mail> mailbox) {
    this.parts = parts;
    this.launcher = launcher;
    this.voice = voice;
    this.mailbox = mailbox;
  }

  /// The turn that runs; null for none.
  @Nullable RunningTurn running() {
    return running;
  }

  /// Starts a turn, or speaks to the one that runs. The settings are for the turns after it.
  void start(Mail.StartTurn start) {
    CodexException objection = objection(start);
    if (objection != null) {
      start.reply().refuse(objection);
      return;
    }
    RunningTurn turn = running;
    if (turn == null) {
      startNew(start);
      return;
    }
    switch (turn.steering()
        .offer(start.work().input(), () -> start.reply().accept(turn.announced()))) {
      case TAKEN -> override(start.overrides());
      case TOO_LATE -> startNew(start);
      case FULL -> start.reply().refuse(tooMany());
      case WITHDRAWN -> {}
    }
  }

  private @Nullable CodexException objection(Mail.StartTurn start) {
    if (running != null && start.work().input().content().isEmpty()) {
      return new CodexException("input must not be empty");
    }
    CodexException deaf = notSteerable();
    if (deaf != null) {
      return deaf;
    }
    if (running != null && !running.answersLike(start.work())) {
      return new CodexException("the running turn answers by another output schema");
    }
    return launcher.objection(start.overrides());
  }

  /// A turn that runs or is promised, and is not the user's own.
  private @Nullable CodexException notSteerable() {
    if (running != null && running.kind() != TurnKind.REGULAR) {
      return CodexException.notSteerable(running.kind());
    }
    return waiting.stream()
        .map(AcceptedTurn::kind)
        .filter(kind -> kind != TurnKind.REGULAR)
        .findFirst()
        .map(CodexException::notSteerable)
        .orElse(null);
  }

  private void startNew(Mail.StartTurn start) {
    AcceptedTurn turn = launcher.accept(start.work());
    if (isAccepted(turn.announced(), start.reply())) {
      override(start.overrides());
      enqueue(turn);
    }
  }

  void compact(Reply<ThreadId> reply) {
    preempt(launcher.accept(new TurnWork.Compaction()), parts.state().id(), reply);
  }

  /// Settings for the turns to come; one that is wrong keeps all as they are.
  void update(Mail.UpdateSettings update) {
    CodexException objection = launcher.objection(update.overrides());
    if (objection != null) {
      update.reply().refuse(objection);
    } else if (update.reply().accept(parts.state().id())) {
      override(update.overrides());
    }
  }

  private void override(ThreadOverrides wishes) {
    ThreadSettings before = parts.state().settings();
    parts.state().override(wishes);
    voice.tellSettings(before);
  }

  void steer(Mail.SteerTurn steer) {
    RunningTurn turn = running;
    CodexException objection = objection(steer, turn);
    if (turn == null || objection != null) {
      steer.reply().refuse(objection == null ? nothingToSteer() : objection);
      return;
    }
    switch (turn.steering().offer(steer.input(), () -> steer.reply().accept(turn.id()))) {
      case TOO_LATE -> steer.reply().refuse(nothingToSteer());
      case FULL -> steer.reply().refuse(tooMany());
      case TAKEN, WITHDRAWN -> {}
    }
  }

  private static @Nullable CodexException objection(
      Mail.SteerTurn steer, @Nullable RunningTurn turn) {
    if (steer.expected().value().isEmpty()) {
      return new CodexException("expectedTurnId must not be empty");
    }
    if (turn == null) {
      return nothingToSteer();
    }
    if (!turn.id().equals(steer.expected())) {
      return new CodexException(
          "expected active turn id `" + steer.expected() + "` but found `" + turn.id() + "`");
    }
    if (steer.input().content().isEmpty()) {
      return new CodexException("input must not be empty");
    }
    return turn.kind() == TurnKind.REGULAR ? null : CodexException.notSteerable(turn.kind());
  }

  private static CodexException nothingToSteer() {
    return new CodexException("no active turn to steer");
  }

  private static CodexException tooMany() {
    return new CodexException("too many messages wait for the turn");
  }

  void review(ReviewTarget target, Reply<Turn> reply) {
    AcceptedTurn turn = launcher.accept(new TurnWork.Review(target));
    preempt(turn, turn.announced(), reply);
  }

  /// Promises a turn that preempts.
  ///
  /// @param answer what the client that wants it is told
  <T> void preempt(AcceptedTurn turn, T answer, Reply<T> reply) {
    if (isAccepted(answer, reply)) {
      if (running != null) {
        running.interrupt();
      }
      enqueue(turn);
    }
  }

  /// Answers, unless the turn could never run.
  private <T> boolean isAccepted(T answer, Reply<T> reply) {
    if (isClosing) {
      reply.refuse(CodexException.threadNotFound(parts.state().id()));
      return false;
    }
    if (waiting.size() == WAITING_LIMIT) {
      reply.refuse(new CodexException("too many turns are waiting"));
      return false;
    }
    return reply.accept(answer);
  }

  private void enqueue(AcceptedTurn turn) {
    waiting.add(turn);
    if (running == null) {
      runNext();
    }
  }

  /// Until one of them runs.
  private void runNext() {
    while (running == null && !waiting.isEmpty()) {
      run(waiting.remove());
    }
  }

  private void run(AcceptedTurn accepted) {
    RunningTurn turn = launcher.launch(accepted, parts, mailbox);
    running = turn;
    voice.tellStatus(true);
    TurnError unstorable = storeStart(turn);
    voice.tell(new ThreadEvent.TurnStarted(parts.state().id(), turn.started()));
    if (unstorable != null) {
      end(turn.end(new TurnOutcome.Failed(unstorable)));
      return;
    }
    boolean isPreempted = waiting.stream().anyMatch(later -> later.kind() != TurnKind.REGULAR);
    if (cancelled.remove(turn.id()) || isPreempted || isClosing) {
      turn.interrupt();
    }
    turn.run();
  }

  /// A turn that could not be stored does not run: the rollout is the truth.
  private @Nullable TurnError storeStart(RunningTurn turn) {
    try {
      parts.state().rollout().turnStarted(turn.started(), parts.state().contextWindow());
      return null;
    } catch (StoreException unstorable) {
      return new TurnError(
          String.valueOf(unstorable.getMessage()), CodexErrorInfo.Kind.OTHER, null);
    }
  }

  void interrupt(Mail.InterruptTurn interrupt) {
    TurnId wanted = interrupt.turnId();
    if (running == null) {
      interrupt.reply().refuse(new CodexException("no active turn to interrupt"));
    } else if (waiting.stream().anyMatch(turn -> turn.id().equals(wanted))) {
      if (interrupt.reply().accept(wanted)) {
        cancelled.add(wanted);
      }
    } else if (!running.id().equals(wanted)) {
      interrupt
          .reply()
          .refuse(
              new CodexException(
                  "expected active turn id " + wanted + " but found " + running.id()));
    } else if (interrupt.reply().accept(wanted)) {
      running.interrupt();
    }
  }

  /// Ends everything; nothing is promised from now on.
  void close() {
    isClosing = true;
    if (running != null) {
      running.interrupt();
    }
  }

  void said(Item.AgentMessage message) {
    if (running != null) {
      running.said(message);
    }
  }

  void fail(TurnError error) {
    if (running != null) {
      running.fail(error);
    }
  }

  /// The turn's thread has ended, and has said everything before.
  void finished(TurnOutcome outcome) {
    RunningTurn turn = running;
    if (turn == null) {
      return;
    }
    parts.requests().waiting().forEach(parts.requests()::withdraw);
    // A reviewer's conversation is not the thread's.
    if (turn.kind() != TurnKind.REVIEW
        && outcome instanceof TurnOutcome.Failed(TurnError error)
        && error.codexErrorInfo() == CodexErrorInfo.Kind.CONTEXT_WINDOW_EXCEEDED) {
      contextWindowExceeded(turn);
    }
    TurnEnd end = turn.end(outcome);
    ThreadVoice.storeAnyway(
        "the end of turn " + turn.id(),
        () -> parts.state().rollout().turnEnded(end.turn(), end.lastAgentMessage()));
    end(end);
    runNext();
  }

  private void contextWindowExceeded(RunningTurn turn) {
    ThreadState state = parts.state();
    state.fillContextWindow();
    ThreadVoice.storeAnyway(
        "the usage of turn " + turn.id(), () -> state.rollout().tokenUsage(state.usage()));
    voice.tell(new ThreadEvent.TokenUsageUpdated(state.id(), turn.id(), state.usage()));
  }

  private void end(TurnEnd end) {
    Turn turn = end.turn();
    running = null;
    parts.state().ended(turn);
    voice.tellStatus(false);
    TurnError error = turn.error();
    if (error != null) {
      voice.tell(new ThreadEvent.ErrorOccurred(parts.state().id(), turn.id(), error, false));
    }
    voice.tell(new ThreadEvent.TurnCompleted(parts.state().id(), turn));
  }
}
