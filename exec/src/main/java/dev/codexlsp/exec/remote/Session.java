package dev.codexlsp.exec.remote;

import dev.codexlsp.exec.protocol.EnvironmentInfo;
import dev.codexlsp.exec.protocol.ExecMethods;
import dev.codexlsp.exec.protocol.Initialize;
import dev.codexlsp.exec.protocol.Payload;
import dev.codexlsp.exec.protocol.Row;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// One session with one server: it outlives its connections and ends once, for good.
///
/// When the connection breaks, a thread of the session's own makes another one and resumes; calls
/// wait meanwhile. Every process is read once then, because the server repeats nothing. When that
/// does not succeed in time, or the server says no, the session ends: every process is lost, with
/// the reason why the connection broke.
///
/// Any thread may call it.
final class Session implements Link.Listener {
  private static final System.Logger LOG = System.getLogger(Session.class.getName());

  /// How long [#close] waits for processes to end.
  private static final Duration CLOSE_LIMIT = Duration.ofMillis(800);

  private final Greeter greeter;
  private final Timing timing;
  private final Routes routes = new Routes();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by lock.
  private Phase phase = new Phase.Connecting(Thread.currentThread());

  // Written once, before anybody else knows the session.
  private Initialize.@Nullable Result greeting;
  private @Nullable Recovery recovery;

  /// What an older server was asked for; two that ask at once get the same.
  private volatile EnvironmentInfo.@Nullable Result askedInfo;

  /// Whether a call that the connection broke under is made again on the next one.
  enum Again {
    YES,
    NO
  }

  private sealed interface Phase {
    record Live(Link link) implements Phase {}

    /// The thread makes the connection.
    record Connecting(Thread thread) implements Phase {}

    record Ended(String reason) implements Phase {}
  }

  private Session(Greeter greeter, Timing timing) {
    this.greeter = greeter;
    this.timing = timing;
  }

  /// Connects and opens a new session.
  static Session open(Greeter greeter, Timing timing) throws DialException, InterruptedException {
    Session session = new Session(greeter, timing);
    Greeter.Greeted first = greeter.greet(session, null, Deadline.in(timing.answer()));
    session.greeting = first.session();
    session.recovery = new Recovery(greeter, timing, session.routes, first.session().sessionId());
    if (!session.goLive(first.link())) {
      throw greeter.broke(first.link());
    }
    return session;
  }

  boolean hasEnded() {
    lock.lock();
    try {
      return phase instanceof Phase.Ended;
    } finally {
      lock.unlock();
    }
  }

  Timing timing() {
    return timing;
  }

  Routes routes() {
    return routes;
  }

  /// What the server said of its place; older ones are asked, once.
  EnvironmentInfo.Result info() throws CallException, InterruptedException {
    EnvironmentInfo.Result told = greeting().environmentInfo();
    if (told == null) {
      told = askedInfo;
    }
    if (told == null) {
      told = call(ExecMethods.ENVIRONMENT_INFO, new EnvironmentInfo(), Again.YES, timing.answer());
      askedInfo = told;
    }
    return told;
  }

  /// Whether the server has said that it can.
  boolean canResize() {
    EnvironmentInfo.Result told = greeting().environmentInfo();
    return told != null && told.capabilities() != null && told.capabilities().processResize();
  }

  private Initialize.Result greeting() {
    Initialize.Result result = greeting;
    if (result == null) {
      throw new IllegalStateException("the session is not open yet");
    }
    return result;
  }

  /// Asks, and waits for a connection if there is none now, and for the answer.
  ///
  /// @param limit for all of it together
  <P extends Record, R> R call(Row.Request<P, R> method, P params, Again again, Duration limit)
      throws CallException, InterruptedException {
    Deadline deadline = Deadline.in(limit);
    while (true) {
      Link link = live(method, deadline);
      try {
        return link.call(method, params, deadline);
      } catch (CallException.Broken broken) {
        if (again == Again.NO) {
          throw broken;
        }
      }
    }
  }

  /// The same, again and again, for as long as somebody wants the answer.
  <P extends Record, R> R callWhile(Row.Request<P, R> method, P params, BooleanSupplier isWanted)
      throws CallException, InterruptedException {
    while (true) {
      Link link = live(method, Deadline.in(timing.answer()));
      try {
        return link.callWhile(method, params, isWanted);
      } catch (CallException.Broken _) {
        // On the next one.
      }
    }
  }

  /// The same for somebody who does not want to know what came of it.
  <P extends Record, R> void request(Row.Request<P, R> method, P params, Again again)
      throws InterruptedException {
    try {
      call(method, params, again, timing.answer());
    } catch (CallException failure) {
      LOG.log(System.Logger.Level.DEBUG, method.name() + ": " + failure.getMessage());
    }
  }

  private Link live(Row.Request<?, ?> method, Deadline deadline)
      throws CallException, InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        switch (phase) {
          case Phase.Live(Link link) when !link.isBroken() -> {
            return link;
          }
          case Phase.Live _, Phase.Connecting _ -> {
            if (changed.awaitNanos(deadline.left().toNanos()) <= 0) {
              throw CallException.Unanswered.to(method, deadline);
            }
          }
          case Phase.Ended(String reason) -> throw new CallException.Ended(reason);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /// False when the connection has already broken again.
  private boolean goLive(Link link) {
    lock.lock();
    try {
      if (link.isBroken()) {
        return false;
      }
      if (phase instanceof Phase.Connecting) {
        phase = new Phase.Live(link);
        changed.signalAll();
        return true;
      }
    } finally {
      lock.unlock();
    }
    link.close("closed");
    return true;
  }

  @Override
  public void told(String method, Payload params) throws InterruptedException {
    if (!routes.tell(method, params)) {
      LOG.log(System.Logger.Level.DEBUG, "a notification that means nothing here: " + method);
    }
  }

  @Override
  public void broken(Link link) {
    lock.lock();
    try {
      if (!phase.equals(new Phase.Live(link))) {
        return;
      }
      Thread thread = Thread.ofVirtual().name("exec-recover").unstarted(() -> recover(link));
      phase = new Phase.Connecting(thread);
      changed.signalAll();
      thread.start();
    } finally {
      lock.unlock();
    }
  }

  /// Runs on a thread of its own. Whatever happens there, nobody waits for ever.
  private void recover(Link broken) {
    Recovery again = recovery;
    if (again == null) {
      throw new IllegalStateException("the session is not open yet");
    }
    try {
      String trouble = again.run(broken, this, this::goLive);
      if (trouble != null) {
        end(trouble);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      end(greeter.lost(broken.reason(), "closed"));
    } catch (RuntimeException bug) {
      log("resuming of a session", bug);
      end(greeter.lost(broken.reason(), "internal error"));
    }
  }

  static void log(String what, RuntimeException bug) {
    LOG.log(System.Logger.Level.ERROR, "the " + what + " broke", bug);
  }

  /// Ends everything that still runs there, and then the session. Waits a bounded time.
  void close(String reason) {
    routes.all().forEach(RemoteProcess::terminate);
    try {
      if (isLive()) {
        routes.awaitNone(Deadline.in(CLOSE_LIMIT));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      end(reason);
    }
  }

  private boolean isLive() {
    lock.lock();
    try {
      return phase instanceof Phase.Live;
    } finally {
      lock.unlock();
    }
  }

  /// The first reason stays.
  private void end(String reason) {
    Phase before;
    lock.lock();
    try {
      before = phase;
      if (before instanceof Phase.Ended) {
        return;
      }
      phase = new Phase.Ended(reason);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    switch (before) {
      case Phase.Live(Link link) -> link.close(reason);
      case Phase.Connecting(Thread thread) -> {
        if (!thread.equals(Thread.currentThread())) {
          thread.interrupt();
        }
      }
      case Phase.Ended _ -> {}
    }
    routes.loseAll(reason);
  }
}
