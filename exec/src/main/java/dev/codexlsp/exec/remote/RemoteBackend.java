package dev.codexlsp.exec.remote;

import dev.codexlsp.exec.ExecBackend;
import dev.codexlsp.exec.ExecException;
import dev.codexlsp.exec.ExecProcess;
import dev.codexlsp.exec.FileSystem;
import dev.codexlsp.exec.ProcessSpec;
import dev.codexlsp.exec.Surroundings;
import dev.codexlsp.exec.http.TlsSockets;
import dev.codexlsp.exec.protocol.EnvironmentInfo;
import dev.codexlsp.exec.protocol.Trace;
import dev.codexlsp.exec.sandbox.Confinement;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Runs commands in another place, by an exec-server there.
///
/// Making one is free: the first call connects, and a call after the end of a session connects
/// anew. What cannot be done there fails; it is never done here instead.
public final class RemoteBackend implements ExecBackend {
  private final Greeter greeter;
  private final Dialer dialer;
  private final RemotePlace place;
  private final Timing timing;
  private final FileSystem files;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by lock.
  private @Nullable Attempt latest;
  private boolean isClosed;

  /// @param traces the trace context that calls belong to; null when there is none
  public RemoteBackend(RemotePlace place, Timing timing, Supplier<@Nullable Trace> traces) {
    this(place, timing, traces, new TlsSockets(Map.of()));
  }

  /// @param tls makes connections secure, for places that want it
  public RemoteBackend(
      RemotePlace place, Timing timing, Supplier<@Nullable Trace> traces, TlsSockets tls) {
    this(place, Dialer.to(place, timing.keepAlive(), tls), timing, traces);
  }

  RemoteBackend(RemotePlace place, Dialer dialer, Timing timing, Supplier<@Nullable Trace> traces) {
    this.place = place;
    this.timing = timing;
    this.dialer = dialer;
    this.greeter = new Greeter(place, dialer, traces);
    this.files = new RemoteFiles(this::session, null);
  }

  /// Connecting, once, on a thread of its own, so that who waits can stop waiting.
  private final class Attempt {
    private final Thread thread = Thread.ofVirtual().name("exec-connect").unstarted(this::connect);

    // Guarded by the backend's lock; one of them is set in the end.
    private @Nullable Session session;
    private @Nullable String failure;

    private void connect() {
      try {
        end(Session.open(greeter, timing), null);
      } catch (DialException unreachable) {
        end(null, unreachable.getMessage());
      } catch (InterruptedException _) {
        end(null, closed());
        Thread.currentThread().interrupt();
      } catch (RuntimeException bug) {
        // Whatever happens here, nobody waits for ever.
        Session.log("making of a connection", bug);
        end(null, "cannot reach " + place.described() + ": internal error");
      }
    }

    private void end(@Nullable Session opened, @Nullable String reason) {
      boolean isTooLate;
      lock.lock();
      try {
        session = opened;
        failure = reason;
        isTooLate = isClosed;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
      if (isTooLate && opened != null) {
        opened.close(closed());
      }
    }

    private boolean isSpent() {
      return failure != null || (session != null && session.hasEnded());
    }
  }

  private String closed() {
    return "the connection to " + place.described() + " is closed";
  }

  private Session session() throws ExecException, InterruptedException {
    lock.lockInterruptibly();
    try {
      if (isClosed) {
        throw new ExecException(closed());
      }
      Attempt attempt = latest;
      if (attempt == null || attempt.isSpent()) {
        attempt = new Attempt();
        latest = attempt;
        attempt.thread.start();
      }
      while (attempt.session == null) {
        if (attempt.failure != null) {
          throw new ExecException(attempt.failure);
        }
        changed.await();
      }
      return attempt.session;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public ExecProcess start(ProcessSpec spec) throws ExecException, InterruptedException {
    Session session = session();
    RemoteProcess process = new RemoteProcess(UUID.randomUUID().toString(), session, spec.stdio());
    process.start(spec);
    return process;
  }

  @Override
  public FileSystem files() {
    return files;
  }

  @Override
  public FileSystem files(@Nullable Confinement sandbox) {
    return sandbox == null ? files : new RemoteFiles(this::session, sandbox);
  }

  @Override
  public Surroundings surroundings() throws ExecException, InterruptedException {
    try {
      EnvironmentInfo.Result info = session().info();
      return new Surroundings(
          Path.of(info.shell().path()), info.cwd(), info.userHomeDir(), info.platformOs());
    } catch (InvalidPathException failure) {
      throw new ExecException(place.described() + " has a shell whose path is none", failure);
    } catch (CallException failure) {
      throw new ExecException(
          place.described() + " does not say what its place is like: " + failure.getMessage(),
          failure);
    }
  }

  @Override
  public void close() {
    Attempt attempt;
    Session session;
    lock.lock();
    try {
      isClosed = true;
      attempt = latest;
      session = attempt == null ? null : attempt.session;
    } finally {
      lock.unlock();
    }
    if (attempt != null) {
      attempt.thread.interrupt();
    }
    if (session != null) {
      session.close(closed());
    }
    dialer.close();
  }
}
