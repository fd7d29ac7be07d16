package dev.codexlsp.exec.remote;

import dev.codexlsp.exec.ProcessEvent;
import dev.codexlsp.exec.protocol.EnvironmentInfo;
import dev.codexlsp.exec.protocol.ExecMethods;
import dev.codexlsp.exec.protocol.Initialize;
import dev.codexlsp.exec.protocol.Payload;
import dev.codexlsp.exec.protocol.ProcessClosed;
import dev.codexlsp.exec.protocol.ProcessExited;
import dev.codexlsp.exec.protocol.ProcessOutput;
import dev.codexlsp.exec.protocol.Row;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
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
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

  private final Greeter greeter;
  private final Timing timing;
  private final ConcurrentMap<String, RemoteProcess> processes = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by lock.
  private Phase phase = new Phase.Connecting(Thread.currentThread());

  /// Written once, before anybody else knows the session.
  private Initialize.@Nullable Result greeting;

  /// Whether a call that the connection broke under is made again on the next one.
  enum Again {
    YES,
    NO
  }

  private sealed interface Phase {
    record Live(Link link) implements Phase {}

    /// @param thread makes the connection
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
    Greeter.Greeted first = greeter.greet(session, null, timing.answer());
    session.greeting = first.session();
    if (!session.goLive(first.link())) {
      throw new DialException(first.link().reason(), true);
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

  /// What the server said of its place; older ones are asked.
  EnvironmentInfo.Result info() throws CallException, InterruptedException {
    EnvironmentInfo.Result told = greeting().environmentInfo();
    return told != null
        ? told
        : call(ExecMethods.ENVIRONMENT_INFO, new EnvironmentInfo(), Again.YES, timing.answer());
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

  /// From here on the session passes on what the server tells of the process.
  void add(RemoteProcess process) {
    processes.put(process.id(), process);
  }

  void forget(String processId) {
    if (processes.remove(processId) != null) {
      lock.lock();
      try {
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /// Asks, and waits for a connection if there is none now, and for the answer.
  <P extends Record, R> R call(Row.Request<P, R> method, P params, Again again, Duration limit)
      throws CallException, InterruptedException {
    while (true) {
      try {
        return live().call(method, params, limit);
      } catch (CallException.Broken broken) {
        if (again == Again.NO) {
          throw broken;
        }
      }
    }
  }

  /// The same for somebody who neither waits nor wants to know.
  <P extends Record, R> void post(Row.Request<P, R> method, P params, Again again) {
    Thread.ofVirtual()
        .name("exec-" + method.name())
        .start(() -> {
          try {
            call(method, params, again, timing.answer());
          } catch (CallException failure) {
            LOG.log(System.Logger.Level.DEBUG, method.name() + ": " + failure.getMessage());
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private Link live() throws CallException.Ended, InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        switch (phase) {
          case Phase.Live(Link link) when !link.isBroken() -> {
            return link;
          }
          case Phase.Live _, Phase.Connecting _ -> changed.await();
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
    if (method.equals(ExecMethods.PROCESS_OUTPUT.name())) {
      ProcessOutput output = params.as(ProcessOutput.class);
      tell(
          output.processId(),
          new Arrival.Chunk(
              new ProcessEvent.Output(output.seq(), output.stream(), output.chunk())));
    } else if (method.equals(ExecMethods.PROCESS_EXITED.name())) {
      ProcessExited exited = params.as(ProcessExited.class);
      tell(
          exited.processId(),
          new Arrival.Exit(exited.seq(), exited.exitCode(), exited.sandboxDenied()));
    } else if (method.equals(ExecMethods.PROCESS_CLOSED.name())) {
      ProcessClosed closed = params.as(ProcessClosed.class);
      tell(closed.processId(), new Arrival.End(closed.seq()));
    } else {
      LOG.log(System.Logger.Level.DEBUG, "a notification that means nothing here: " + method);
    }
  }

  private void tell(String processId, Arrival arrival) throws InterruptedException {
    RemoteProcess process = processes.get(processId);
    if (process != null) {
      process.accept(arrival);
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

  /// Runs on the session's own thread.
  private void recover(Link broken) {
    if (broken.isNonsense()) {
      end(greeter.doesNotSpeak(broken.reason()));
      return;
    }
    String reason = broken.reason();
    long endBy = System.nanoTime() + timing.recovery().toNanos();
    try {
      for (int attempts = 0; ; attempts++) {
        String trouble = resume(Duration.ofNanos(endBy - System.nanoTime()));
        if (trouble == null) {
          return;
        }
        Duration pause = greeter.pause(attempts);
        if (endBy - System.nanoTime() <= pause.toNanos()) {
          throw new DialException(
              trouble + "; gave up after " + Words.of(timing.recovery()), false);
        }
        Thread.sleep(pause);
      }
    } catch (DialException hopeless) {
      end(greeter.lost(reason, String.valueOf(hopeless.getMessage())));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      end(greeter.lost(reason, "closed"));
    }
  }

  /// Tries once. Null when the session goes on; else what stood in the way.
  private @Nullable String resume(Duration limit) throws DialException, InterruptedException {
    Link link;
    try {
      link = greeter.greet(this, greeting().sessionId(), limit).link();
    } catch (DialException failure) {
      if (!failure.mayPass()) {
        throw failure;
      }
      return failure.getMessage();
    }
    try {
      for (RemoteProcess process : processes.values()) {
        process.resume(link);
      }
      return goLive(link) ? null : link.reason();
    } catch (CallException failure) {
      link.close("not resumed");
      return failure.getMessage();
    } catch (InterruptedException interrupt) {
      link.close("closed");
      throw interrupt;
    }
  }

  /// Ends everything that still runs there, and then the session. Waits a second at most.
  void close(String reason) {
    processes.values().forEach(RemoteProcess::terminate);
    lock.lock();
    try {
      long left = CLOSE_LIMIT.toNanos();
      while (!processes.isEmpty() && phase instanceof Phase.Live && left > 0) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
    end(reason);
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
    processes.values().forEach(process -> process.lose(reason));
    processes.clear();
  }
}
