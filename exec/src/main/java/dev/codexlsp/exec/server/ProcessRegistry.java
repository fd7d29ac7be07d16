package dev.codexlsp.exec.server;

import dev.codexlsp.exec.ExecProcess;
import dev.codexlsp.exec.protocol.ProcessStart;
import dev.codexlsp.exec.server.ExecObserver.Completion;
import dev.codexlsp.exec.server.ExecObserver.RunningProcess;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The one owner of what becomes of the processes of a server: it decides the order in which a
/// start, an exit, a termination, the end of a session and the end of the server happen, and the
/// first of the last four that comes settles how the process [ended][Completion]. Any thread may
/// call it; nothing is called while the lock is held but what hears the completion.
final class ProcessRegistry implements AutoCloseable {
  /// A session is forgotten only with its connection, so a client could otherwise fill the memory.
  static final int PROCESS_LIMIT = 65_536;

  /// What all closed processes together may cost by the output they keep. The longest closed lose
  /// theirs first.
  static final long RETAINED_BYTE_LIMIT = 128L * 1024 * 1024;

  private final Duration closedRetention;
  private final ScheduledExecutorService timer;
  private final ExecObserver observer;
  private final Pieces pieces = new Pieces();
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock.
  private final Map<Key, Entry> entries = new HashMap<>();

  /// The closed ones that keep output, the longest closed first.
  private final ArrayDeque<Entry> closedEntries = new ArrayDeque<>();

  private long retainedBytes;
  private boolean closed;

  /// Ids are chosen by clients, so they count within a session only.
  private record Key(Session session, String processId) {
    static Key of(ServedProcess served) {
      return new Key(served.session(), served.id());
    }
  }

  /// How far a process has come.
  private enum Stage {
    STARTING,
    RUNNING,
    EXITED,
    CLOSED
  }

  /// The fields are guarded by lock.
  private static final class Entry {
    private final ServedProcess served;
    private Stage stage = Stage.STARTING;
    private boolean terminationWanted;
    private @Nullable ExecProcess process;

    private RunningProcess observed = RunningProcess.UNHEARD;
    private boolean completed;

    private long retainedBytes;

    Entry(ServedProcess served) {
      this.served = served;
    }

    void complete(Completion how) {
      if (!completed) {
        completed = true;
        observed.completed(how);
      }
    }
  }

  /// What a caller wants to do to a process.
  ///
  /// @param process null as long as it is starting
  record Found(ServedProcess served, @Nullable ExecProcess process) {}

  /// @param closedRetention how long a closed process can still be read
  /// @param timer runs what is short, and drops what comes after its end
  ProcessRegistry(Duration closedRetention, ScheduledExecutorService timer, ExecObserver observer) {
    this.closedRetention = closedRetention;
    this.timer = timer;
    this.observer = observer;
  }

  /// Takes the id for a process that is about to be started.
  ServedProcess reserve(Session session, ProcessStart start) throws Refused {
    ServedProcess served = new ServedProcess(session, start, pieces);
    lock.lock();
    try {
      if (closed) {
        throw Refused.failed("the server is shutting down");
      }
      if (entries.containsKey(Key.of(served))) {
        throw Refused.invalidRequest("process " + served.id() + " already exists");
      }
      if (entries.size() >= PROCESS_LIMIT) {
        throw Refused.failed("there are " + PROCESS_LIMIT + " processes already");
      }
      entries.put(Key.of(served), new Entry(served));
      return served;
    } finally {
      lock.unlock();
    }
  }

  /// The process could not be started: nothing has happened.
  void failed(ServedProcess served, ProcessStart start) {
    observer.failed(start);
    lock.lock();
    try {
      @Nullable Entry entry = entry(served);
      if (entry != null) {
        entries.remove(Key.of(served));
      }
    } finally {
      lock.unlock();
    }
  }

  /// What is known of the process; null when it is forgotten, even if its id is in use again.
  private @Nullable Entry entry(ServedProcess served) {
    @Nullable Entry entry = entries.get(Key.of(served));
    return entry != null && entry.served.equals(served) ? entry : null;
  }

  /// The process runs.
  ///
  /// @return false when nobody wants it any more; it is for the caller to end it then, and nobody
  ///   will hear of it
  boolean started(ServedProcess served, ProcessStart start, ExecProcess process) {
    lock.lock();
    try {
      @Nullable Entry entry = entry(served);
      if (entry == null) {
        return false;
      }
      if (entry.terminationWanted) {
        entries.remove(Key.of(served));
        return false;
      }
      entry.stage = Stage.RUNNING;
      entry.process = process;
      entry.observed = observer.started(start, process.rung());
      return true;
    } finally {
      lock.unlock();
    }
  }

  @Nullable Found find(Session session, String processId) {
    lock.lock();
    try {
      @Nullable Entry entry = entries.get(new Key(session, processId));
      return entry == null ? null : new Found(entry.served, entry.process);
    } finally {
      lock.unlock();
    }
  }

  /// The client wants the process to end. What an exited one has left behind goes too, as long as
  /// it holds the output open.
  ///
  /// @return whether there was a process to end
  boolean terminate(Session session, String processId) {
    @Nullable ExecProcess process;
    boolean running;
    lock.lock();
    try {
      @Nullable Entry entry = entries.get(new Key(session, processId));
      if (entry == null) {
        return false;
      }
      running = entry.stage == Stage.STARTING || entry.stage == Stage.RUNNING;
      entry.terminationWanted |= running;
      process = entry.stage == Stage.CLOSED ? null : entry.process;
    } finally {
      lock.unlock();
    }
    if (process != null) {
      process.terminate();
    }
    return running;
  }

  /// The process has ended.
  void exited(ServedProcess served, int exitCode) {
    lock.lock();
    try {
      @Nullable Entry entry = entry(served);
      if (entry != null) {
        entry.stage = Stage.EXITED;
        entry.observed.exited(exitCode, entry.terminationWanted);
        if (entry.terminationWanted) {
          entry.complete(Completion.TERMINATED);
        } else {
          entry.complete(exitCode == 0 ? Completion.SUCCESS : Completion.ERROR);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /// The process has told all. It can be read for a while, then its id is free again.
  void closed(ServedProcess served) {
    lock.lock();
    try {
      @Nullable Entry entry = entry(served);
      if (entry != null) {
        entry.stage = Stage.CLOSED;
        // Without an exit that anybody saw.
        entry.complete(entry.terminationWanted ? Completion.TERMINATED : Completion.ERROR);
        retain(entry);
        var _ =
            timer.schedule(() -> forget(entry), closedRetention.toNanos(), TimeUnit.NANOSECONDS);
      }
    } finally {
      lock.unlock();
    }
  }

  private void retain(Entry entry) {
    entry.retainedBytes = entry.served.log().retainedCost();
    retainedBytes += entry.retainedBytes;
    closedEntries.add(entry);
    while (retainedBytes > RETAINED_BYTE_LIMIT) {
      release(closedEntries.remove());
    }
  }

  private void release(Entry entry) {
    retainedBytes -= entry.retainedBytes;
    entry.retainedBytes = 0;
    entry.served.log().forgetOutput();
  }

  private void forget(Entry entry) {
    lock.lock();
    try {
      entries.remove(Key.of(entry.served), entry);
      if (closedEntries.remove(entry)) {
        release(entry);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Nobody has come back to the session: its processes end, and nobody can ask for them any more.
  void expire(Session session) {
    List<ExecProcess> running = new ArrayList<>();
    lock.lock();
    try {
      for (Entry entry : List.copyOf(entries.values())) {
        if (entry.served.session().equals(session)) {
          if (entry.process != null && entry.stage != Stage.CLOSED) {
            running.add(entry.process);
          }
          abandon(entry);
        }
      }
    } finally {
      lock.unlock();
    }
    running.forEach(ExecProcess::terminate);
  }

  /// The server ends: what still runs is killed with the backend, and has been terminated.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      List.copyOf(entries.values()).forEach(this::abandon);
    } finally {
      lock.unlock();
    }
  }

  private void abandon(Entry entry) {
    entry.terminationWanted = true;
    entry.complete(Completion.TERMINATED);
    entries.remove(Key.of(entry.served));
    if (closedEntries.remove(entry)) {
      release(entry);
    }
  }
}
