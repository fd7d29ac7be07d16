package dev.codexlsp.exec.server;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Which sessions there are and who is attached to them. Any thread may call it.
final class Sessions {
  private final ProcessRegistry processes;
  private final Duration detachedTtl;
  private final ScheduledExecutorService timer;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock.
  private final Map<String, Session> sessions = new HashMap<>();
  private final Map<Session, ScheduledFuture<?>> expiries = new HashMap<>();

  /// @param detachedTtl how long a session lives on without a connection
  /// @param timer runs what is short, and drops what comes after its end
  Sessions(ProcessRegistry processes, Duration detachedTtl, ScheduledExecutorService timer) {
    this.processes = processes;
    this.detachedTtl = detachedTtl;
    this.timer = timer;
  }

  /// A new session.
  Session open(ExecConnection connection) {
    Session session = new Session(UUID.randomUUID().toString());
    session.attach(connection);
    lock.lock();
    try {
      sessions.put(session.id(), session);
    } finally {
      lock.unlock();
    }
    return session;
  }

  /// The session that a client had before.
  Session resume(String id, ExecConnection connection) throws Refused {
    lock.lock();
    try {
      @Nullable Session session = sessions.get(id);
      if (session == null) {
        throw Refused.invalidRequest("unknown session id " + id);
      }
      if (session.isAttached()) {
        throw Refused.sessionAttached(id);
      }
      @Nullable ScheduledFuture<?> expiry = expiries.remove(session);
      if (expiry != null) {
        expiry.cancel(false);
      }
      session.attach(connection);
      return session;
    } finally {
      lock.unlock();
    }
  }

  /// The connection of the session has ended; its processes go on for now.
  void detach(Session session, ExecConnection connection) {
    lock.lock();
    try {
      if (session.isAttachedTo(connection)) {
        session.attach(null);
        Expiry expiry = new Expiry(session);
        expiries.put(session, timer.schedule(expiry, detachedTtl.toNanos(), TimeUnit.NANOSECONDS));
      }
    } finally {
      lock.unlock();
    }
  }

  /// The end of a session that nobody has come back to.
  private final class Expiry implements Runnable {
    private final Session session;

    Expiry(Session session) {
      this.session = session;
    }

    @Override
    public void run() {
      lock.lock();
      try {
        // Somebody may have come back, and gone again, while this waited for the lock.
        @Nullable ScheduledFuture<?> current = expiries.get(session);
        if (current == null || current.getDelay(TimeUnit.NANOSECONDS) > 0) {
          return;
        }
        expiries.remove(session);
        sessions.remove(session.id());
      } finally {
        lock.unlock();
      }
      processes.expire(session);
    }
  }
}
