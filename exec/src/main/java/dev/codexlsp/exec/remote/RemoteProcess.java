package dev.codexlsp.exec.remote;

import dev.codexlsp.exec.ExecException;
import dev.codexlsp.exec.ExecProcess;
import dev.codexlsp.exec.ProcessEvent;
import dev.codexlsp.exec.ProcessSpec;
import dev.codexlsp.exec.Stdio;
import dev.codexlsp.exec.TerminalSize;
import dev.codexlsp.exec.protocol.ExecMethods;
import dev.codexlsp.exec.protocol.ProcessRead;
import dev.codexlsp.exec.protocol.ProcessResize;
import dev.codexlsp.exec.protocol.ProcessSignal;
import dev.codexlsp.exec.protocol.ProcessTerminate;
import dev.codexlsp.exec.protocol.ProcessWrite;
import dev.codexlsp.exec.remote.Session.Again;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What the consumer holds of a process of another place.
///
/// The receiving thread of the connection brings the events in, the consumer takes them out, and
/// what is missing is read on a thread of its own. When the consumer is slow, the receiver waits
/// with it for a while, and with it all processes of the connection; then the output is let go and
/// read again when the consumer has caught up.
final class RemoteProcess implements ExecProcess {
  /// How much is written with one call.
  private static final int WRITE_BYTES = 64 * 1024;

  private static final Duration FOR_EVER = Duration.ofDays(365);
  private static final Duration STARTING_PAUSE = Duration.ofMillis(10);

  private final String id;
  private final Session session;
  private final Stdio stdio;
  private final Timing timing;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Condition room = lock.newCondition();

  // Guarded by lock.
  private final EventOrder order;
  private boolean isStarted;

  /// The session was resumed when it was not clear yet whether there is anything to read.
  private boolean isUnread;

  private boolean isTerminated;
  private ProcessEvent.@Nullable Exited exited;
  private long writes;

  RemoteProcess(String id, Session session, Stdio stdio) {
    this.id = id;
    this.session = session;
    this.stdio = stdio;
    this.timing = session.timing();
    this.order = new EventOrder(timing, System.nanoTime());
  }

  String id() {
    return id;
  }

  /// Asks for the start, and waits for the answer. When it fails nothing is left running.
  void start(ProcessSpec spec) throws ExecException, InterruptedException {
    session.add(this);
    try {
      session.call(ExecMethods.PROCESS_START, Starts.of(id, spec), Again.NO, timing.answer());
      started();
    } catch (CallException failure) {
      session.forget(id);
      throw notStarted(spec, failure);
    } catch (InterruptedException interrupt) {
      session.forget(id);
      kill();
      throw interrupt;
    }
    if (stdio instanceof Stdio.Terminal(TerminalSize size) && !size.equals(TerminalSize.DEFAULT)) {
      resize(size);
    }
  }

  private ExecException notStarted(ProcessSpec spec, CallException failure)
      throws InterruptedException {
    String program = spec.argv().getFirst();
    String message =
        switch (failure) {
          case CallException.Refused refused ->
              "cannot start " + program + " in " + spec.directory() + ": " + refused.getMessage();
          case CallException.Ended ended -> String.valueOf(ended.getMessage());
          case CallException.Unanswered late -> {
            kill();
            yield "cannot start " + program + ": " + late.getMessage();
          }
          case CallException.Broken broken -> {
            undo();
            yield "the connection broke while "
                + program
                + " was being started, so it was ended: "
                + broken.getMessage();
          }
        };
    return new ExecException(message, failure);
  }

  /// Nobody knows whether the start was heard, so the process is ended on the next connection.
  private void undo() throws InterruptedException {
    try {
      session.call(
          ExecMethods.PROCESS_TERMINATE, new ProcessTerminate(id), Again.YES, timing.answer());
    } catch (CallException gone) {
      // With the session its processes end, too.
    }
  }

  /// From here on somebody reads.
  private void started() {
    lock.lock();
    try {
      isStarted = true;
      if (isUnread) {
        readApart(EventOrder.Read.RESUMED);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Takes what the server tells; called by the receiving thread.
  void accept(Arrival arrival) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (arrival instanceof Arrival.Chunk) {
        awaitRoom();
      }
      order.accept(arrival, System.nanoTime());
      changed();
    } finally {
      lock.unlock();
    }
  }

  /// Before the start is answered nobody can read, and after the end was asked for nobody may want
  /// to.
  private void awaitRoom() throws InterruptedException {
    long left = timing.consumer().toNanos();
    while (isStarted && !isTerminated && order.isBehind() && !order.hasLetGo() && left > 0) {
      left = room.awaitNanos(left);
    }
  }

  private void changed() {
    arrived.signalAll();
    if (!order.expectsMore()) {
      session.forget(id);
    }
  }

  @Override
  public @Nullable ProcessEvent next(Duration timeout) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long endBy = System.nanoTime() + TimeUnit.NANOSECONDS.convert(timeout);
      while (true) {
        long now = System.nanoTime();
        ProcessEvent event = order.poll(now);
        if (event != null) {
          taken(event);
          return event;
        }
        if (order.isOver() || endBy - now <= 0) {
          return null;
        }
        readWhatIsMissing(now);
        arrived.awaitNanos(Math.min(endBy - now, order.restNanos(now)));
      }
    } finally {
      lock.unlock();
    }
  }

  private void taken(ProcessEvent event) {
    room.signalAll();
    switch (event) {
      case ProcessEvent.Output _ -> {}
      case ProcessEvent.Exited exit -> exited = exit;
      case ProcessEvent.Closed(long _, boolean outputComplete) -> {
        session.forget(id);
        // What an ended command has left in the background, and holds its output, stays.
        if (outputComplete || exited == null || exited.exitCode() < 0 || exited.sandboxDenied()) {
          kill();
        }
      }
      case ProcessEvent.Lost _ -> {
        session.forget(id);
        kill();
      }
    }
  }

  private void readWhatIsMissing(long now) {
    EventOrder.Read wanted = order.wants(now);
    if (wanted != null) {
      readApart(wanted);
    }
  }

  private void readApart(EventOrder.Read reason) {
    long after = order.readSent(reason);
    Thread.ofVirtual().name("exec-read-" + id).start(() -> read(after));
  }

  private void read(long after) {
    try {
      apply(session.call(ExecMethods.PROCESS_READ, readAfter(after), Again.NO, timing.answer()));
    } catch (CallException.Refused _) {
      unknown();
    } catch (CallException.Broken _) {
      // Who resumes the session reads every process.
    } catch (CallException.Ended | CallException.Unanswered failure) {
      lose(String.valueOf(failure.getMessage()));
    } catch (CallException impossible) {
      throw new IllegalStateException(impossible);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Reads what the process has told nobody, on a new connection that nobody else uses yet.
  void resume(Link link) throws CallException, InterruptedException {
    long after;
    lock.lockInterruptibly();
    try {
      if (!isStarted) {
        // The answer to the start may have come before the connection broke.
        isUnread = true;
        return;
      }
      if (order.isOver()) {
        return;
      }
      after = order.readSent(EventOrder.Read.RESUMED);
    } finally {
      lock.unlock();
    }
    try {
      apply(link.call(ExecMethods.PROCESS_READ, readAfter(after), timing.answer()));
    } catch (CallException.Refused _) {
      unknown();
    }
  }

  private ProcessRead readAfter(long sequence) {
    return new ProcessRead(id, sequence, null, 0L);
  }

  private void apply(ProcessRead.Result result) {
    lock.lock();
    try {
      order.apply(Retained.of(result), System.nanoTime());
      changed();
    } finally {
      lock.unlock();
    }
  }

  private void unknown() {
    lock.lock();
    try {
      order.unknown();
      changed();
    } finally {
      lock.unlock();
    }
  }

  /// The process is out of reach.
  void lose(String reason) {
    lock.lock();
    try {
      order.fail(reason);
      arrived.signalAll();
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean write(ByteBuffer bytes) throws InterruptedException {
    boolean hasInput =
        switch (stdio) {
          case Stdio.Pipes(boolean input) -> input;
          case Stdio.Terminal _ -> true;
        };
    ByteBuffer rest = bytes.duplicate();
    while (hasInput && rest.hasRemaining() && !isOver()) {
      int count = Math.min(rest.remaining(), WRITE_BYTES);
      hasInput = writePiece(rest.slice(rest.position(), count));
      rest.position(rest.position() + count);
    }
    return hasInput;
  }

  /// Repeated under the same id when the connection breaks, so that it is written once.
  private boolean writePiece(ByteBuffer piece) throws InterruptedException {
    ProcessWrite write = new ProcessWrite(id, piece, String.valueOf(nextWrite()));
    try {
      while (true) {
        switch (session.call(ExecMethods.PROCESS_WRITE, write, Again.YES, FOR_EVER).status()) {
          case ACCEPTED -> {
            return true;
          }
          case UNKNOWN_PROCESS -> {
            doubt();
            return true;
          }
          case STDIN_CLOSED -> {
            doubt();
            return false;
          }
          case STARTING -> Thread.sleep(STARTING_PAUSE);
        }
      }
    } catch (CallException failure) {
      // What comes after the end is dropped; the events tell of it.
      return true;
    }
  }

  private long nextWrite() {
    lock.lock();
    try {
      return ++writes;
    } finally {
      lock.unlock();
    }
  }

  private void doubt() {
    lock.lock();
    try {
      order.doubt();
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private boolean isOver() {
    lock.lock();
    try {
      return order.isOver();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void resize(TerminalSize size) {
    if (stdio instanceof Stdio.Terminal && !isOver() && session.canResize()) {
      session.post(
          ExecMethods.PROCESS_RESIZE,
          new ProcessResize(id, size.rows(), size.columns()),
          Again.YES);
    }
  }

  @Override
  public void interrupt() {
    if (!isOver()) {
      session.post(
          ExecMethods.PROCESS_SIGNAL,
          new ProcessSignal(id, ProcessSignal.Signal.INTERRUPT),
          Again.NO);
    }
  }

  /// The server decides how gently: the original kills at once.
  @Override
  public void terminate() {
    lock.lock();
    try {
      if (!isTerminated && !order.isOver()) {
        isTerminated = true;
        room.signalAll();
        kill();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Also sent after the end, as by the original's client: the server need not wonder then.
  void kill() {
    session.post(ExecMethods.PROCESS_TERMINATE, new ProcessTerminate(id), Again.YES);
  }
}
