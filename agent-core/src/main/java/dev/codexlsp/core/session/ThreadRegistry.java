package dev.codexlsp.core.session;

import dev.codexlsp.core.thread.CodexException;
import dev.codexlsp.core.thread.Reply;
import dev.codexlsp.core.thread.ReviewTarget;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.thread.Turn;
import dev.codexlsp.core.thread.TurnId;
import dev.codexlsp.core.tool.Terminals;
import dev.codexlsp.core.turn.ThreadOverrides;
import dev.codexlsp.core.turn.TurnInput;
import dev.codexlsp.core.turn.TurnWork;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The live threads. Any thread may look one up; what is wanted of it is posted to its owner.
public final class ThreadRegistry {
  private final ConcurrentMap<ThreadId, ThreadActor> threads = new ConcurrentHashMap<>();
  private final Connections connections = new Connections();

  public Connections connections() {
    return connections;
  }

  /// Gives a thread its owner and answers its first client.
  public void open(
      ThreadState state, TurnLauncher launcher, Subscriber subscriber, Reply<OpenedThread> reply) {
    ThreadId id = state.id();
    ThreadActor actor =
        new ThreadActor(state, launcher, new Audience(connections), () -> threads.remove(id));
    threads.put(id, actor);
    actor.start();
    actor.post(new Mail.Open(subscriber, reply));
  }

  /// Starts a turn, or speaks to the one that runs.
  public void startTurn(
      ThreadId threadId, TurnWork.Conversation work, ThreadOverrides overrides, Reply<Turn> reply) {
    post(threadId, new Mail.StartTurn(work, overrides, reply), reply);
  }

  public void updateSettings(ThreadId threadId, ThreadOverrides overrides, Reply<ThreadId> reply) {
    post(threadId, new Mail.UpdateSettings(overrides, reply), reply);
  }

  public void steerTurn(ThreadId threadId, TurnInput input, TurnId expected, Reply<TurnId> reply) {
    post(threadId, new Mail.SteerTurn(input, expected, reply), reply);
  }

  public void startReview(ThreadId threadId, ReviewTarget target, Reply<Turn> reply) {
    post(threadId, new Mail.StartReview(target, reply), reply);
  }

  /// Makes the history of a thread shorter, in a turn of its own.
  public void startCompaction(ThreadId threadId, Reply<ThreadId> reply) {
    post(threadId, new Mail.StartCompaction(reply), reply);
  }

  public void interruptTurn(ThreadId threadId, TurnId turnId, Reply<TurnId> reply) {
    post(threadId, new Mail.InterruptTurn(turnId, reply), reply);
  }

  /// The commands of a thread that have outlived their calls.
  public void listTerminals(ThreadId threadId, Reply<List<Terminals.Background>> reply) {
    post(threadId, new Mail.ListTerminals(reply), reply);
  }

  public void terminateTerminal(ThreadId threadId, String processId, Reply<Boolean> reply) {
    post(threadId, new Mail.TerminateTerminal(processId, reply), reply);
  }

  public void cleanTerminals(ThreadId threadId, Reply<List<Terminals.Background>> reply) {
    post(threadId, new Mail.CleanTerminals(reply), reply);
  }

  private void post(ThreadId threadId, Mail mail, Reply<?> reply) {
    ThreadActor actor = threads.get(threadId);
    if (actor == null) {
      reply.refuse(CodexException.threadNotFound(threadId));
    } else {
      actor.post(mail);
    }
  }

  /// A client is gone: it hears and answers nothing any more.
  public void disconnect(Subscriber subscriber) {
    connections.remove(subscriber);
    for (ThreadActor actor : threads.values()) {
      actor.post(new Mail.Unsubscribe(subscriber));
    }
  }

  /// Interrupts every turn, stores how it ended, and closes the files.
  ///
  /// @return false when some thread was not done in time
  public boolean close(Duration limit) throws InterruptedException {
    List<ThreadActor> live = List.copyOf(threads.values());
    CountDownLatch done = new CountDownLatch(live.size());
    live.forEach(actor -> actor.post(new Mail.Close(done)));
    return done.await(limit.toMillis(), TimeUnit.MILLISECONDS);
  }
}
