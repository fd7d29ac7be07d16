package dev.codexlsp.core.session;

import dev.codexlsp.core.approval.Answer;
import dev.codexlsp.core.approval.Approver;
import dev.codexlsp.core.model.ResponseItem;
import dev.codexlsp.core.thread.CodexErrorInfo;
import dev.codexlsp.core.thread.Item;
import dev.codexlsp.core.thread.Reply;
import dev.codexlsp.core.thread.ReviewTarget;
import dev.codexlsp.core.thread.ThreadEvent;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.thread.Turn;
import dev.codexlsp.core.thread.TurnError;
import dev.codexlsp.core.tool.Terminals;
import dev.codexlsp.core.turn.TurnOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// The owner of one live thread. All state below is touched on the owner's virtual thread only;
/// everybody else posts mail. Each change is applied, then stored, then told to the subscribers,
/// always in this order.
final class ThreadActor {
  private static final System.Logger LOG = System.getLogger(ThreadActor.class.getName());

  private final ThreadId id;
  private final ThreadState state;
  private final Audience audience;
  private final Runnable onClosed;

  /// Unbounded because its senders are bounded: a turn by its credits, a client by the answers it
  /// waits for.
  private final BlockingQueue<Mail> mailbox = new LinkedBlockingQueue<>();

  private final PendingRequests requests = new PendingRequests();
  private final Terminals terminals;
  private final ThreadVoice voice;
  private final TurnControl turns;
  private @Nullable CountDownLatch closing;

  ThreadActor(ThreadState state, TurnLauncher launcher, Audience audience, Runnable onClosed) {
    this.id = state.id();
    this.state = state;
    this.audience = audience;
    this.onClosed = onClosed;
    this.terminals = launcher.terminals(() -> post(new Mail.CommandEnded()));
    this.voice = new ThreadVoice(state, requests, audience);
    this.turns =
        new TurnControl(new ThreadParts(state, requests, terminals), launcher, voice, this::post);
  }

  void start() {
    Thread.ofVirtual().name("thread-" + id).start(this::own);
  }

  /// Any thread may post; nobody waits here.
  void post(Mail mail) {
    mailbox.add(mail);
  }

  private void own() {
    while (true) {
      Mail mail;
      try {
        mail = mailbox.take();
      } catch (InterruptedException nobodyInterruptsAnOwner) {
        LOG.log(System.Logger.Level.ERROR, "the owner of thread " + id + " was interrupted");
        continue;
      }
      try {
        handle(mail);
      } catch (RuntimeException | Error bug) {
        // The kind only: mail carries prompts and output, which belong in no log.
        String kind = mail.getClass().getSimpleName();
        LOG.log(System.Logger.Level.ERROR, "thread " + id + " could not handle " + kind, bug);
        abandonTurn(bug);
      }
      CountDownLatch closed = closing;
      if (closed != null && turns.running() == null && terminals.isIdle()) {
        closeRollout();
        onClosed.run();
        closed.countDown();
        return;
      }
    }
  }

  /// Whoever waits for the end of the thread must not wait for a file that cannot be closed.
  private void closeRollout() {
    try {
      state.rollout().close();
    } catch (RuntimeException unclosable) {
      LOG.log(
          System.Logger.Level.ERROR, "the rollout of thread " + id + " is not closed", unclosable);
    }
  }

  private void handle(Mail mail) {
    switch (mail) {
      case Mail.Open open -> open(open);
      case Mail.StartTurn start -> turns.start(start);
      case Mail.StartCompaction(var reply) -> turns.compact(reply);
      case Mail.UpdateSettings update -> turns.update(update);
      case Mail.SteerTurn steer -> turns.steer(steer);
      case Mail.StartReview(ReviewTarget target, Reply<Turn> reply) -> turns.review(target, reply);
      case Mail.InterruptTurn interrupt -> turns.interrupt(interrupt);
      case Mail.ListTerminals(var reply) -> reply.accept(terminals.background());
      case Mail.TerminateTerminal terminate -> terminate(terminate);
      case Mail.CleanTerminals(var reply) -> {
        if (reply.accept(terminals.background())) {
          terminals.clean();
        }
      }
      case Mail.Unsubscribe(Subscriber subscriber) -> unsubscribe(subscriber);
      case Mail.Close(CountDownLatch done) -> {
        closing = done;
        turns.close();
        terminals.close();
      }
      case Mail.Signalled(TurnLine line, Mail.TurnSignal signal) -> {
        try {
          hear(signal);
        } finally {
          line.giveBackCredit();
        }
      }
      // What it had to say lay in the mailbox before; a thread that closes may have waited for it.
      case Mail.CommandEnded() -> terminals.ended();
      case Mail.Finished(TurnOutcome outcome) -> turns.finished(outcome);
      case Mail.Answered(AnswerSlot slot, Answer outcome) -> answered(slot, outcome);
    }
  }

  private void open(Mail.Open open) {
    audience.subscribe(open.subscriber());
    if (open.reply().accept(state.opened())) {
      audience.tellEverybody(new ThreadEvent.ThreadStarted(state.opened().thread()));
    } else {
      // Nobody has heard of it, so nobody could ever use or end it.
      closing = new CountDownLatch(1);
      terminals.close();
    }
  }

  private void terminate(Mail.TerminateTerminal terminate) {
    String wanted = terminate.processId();
    boolean isThere =
        terminals.background().stream().anyMatch(command -> command.processId().equals(wanted));
    if (terminate.reply().accept(isThere) && isThere) {
      terminals.terminate(wanted);
    }
  }

  /// Without a subscriber nobody can answer, so what is being asked is refused. The turn itself
  /// goes on.
  private void unsubscribe(Subscriber subscriber) {
    audience.unsubscribe(subscriber);
    if (audience.isEmpty()) {
      for (AnswerSlot slot : requests.waiting()) {
        answered(slot, new Answer.Failed("no client is left to answer"));
      }
    }
  }

  private void hear(Mail.TurnSignal signal) {
    switch (signal) {
      case Mail.Emitted(ThreadEvent event) -> {
        try {
          if (event instanceof ThreadEvent.ItemCompleted completed) {
            itemCompleted(completed.item());
          }
        } finally {
          // Also what could not be stored: the turn fails for it, but no item may stay open.
          voice.tell(event);
        }
      }
      case Mail.Remembered(ResponseItem item) -> {
        state.remember(item);
        state.rollout().append(item);
      }
      case Mail.Settled(var context) -> {
        state.settled(context);
        state.rollout().turnContext(context);
      }
      case Mail.Used(var last) -> {
        state.spend(last);
        tellUsage();
      }
      case Mail.Shortened(var compacted, long tokens) -> {
        state.compact(compacted, tokens);
        state.rollout().compacted(compacted);
        tellUsage();
      }
      case Mail.Asked asked -> ask(asked);
      case Mail.Withdrawn(AnswerSlot slot) -> {
        requests.withdraw(slot);
        tellStatus();
      }
    }
  }

  private void tellUsage() {
    state.rollout().tokenUsage(state.usage());
    RunningTurn turn = turns.running();
    if (turn != null) {
      voice.tell(new ThreadEvent.TokenUsageUpdated(id, turn.id(), state.usage()));
    }
  }

  private void itemCompleted(Item item) {
    if (item instanceof Item.AgentMessage message) {
      turns.said(message);
    }
    if (item instanceof Item.UserMessage message) {
      state.preview(message);
    }
    state.rollout().itemCompleted(item);
  }

  /// The question goes to every subscriber; the first answer wins.
  private void ask(Mail.Asked asked) {
    if (audience.isEmpty()) {
      asked.slot().fill(new Answer.Failed("no client is connected"));
      return;
    }
    List<Approver.Question> shown = new ArrayList<>();
    requests.add(asked, shown);
    tellStatus();
    shown.addAll(
        audience.ask(asked.request(), outcome -> post(new Mail.Answered(asked.slot(), outcome))));
    if (shown.isEmpty()) {
      answered(asked.slot(), new Answer.Failed("no client could show the question"));
    }
  }

  private void answered(AnswerSlot slot, Answer outcome) {
    if (requests.answer(slot, outcome)) {
      tellStatus();
      slot.fill(outcome);
    }
  }

  /// A failure on the owner, a full disk for one, ends the turn that met it; the thread lives on.
  private void abandonTurn(Throwable bug) {
    turns.fail(
        new TurnError(
            "the turn could not go on: " + bug.getMessage(), CodexErrorInfo.Kind.OTHER, null));
  }

  private void tellStatus() {
    voice.tellStatus(turns.running() != null);
  }
}
