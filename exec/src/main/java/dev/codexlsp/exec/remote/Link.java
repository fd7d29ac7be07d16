package dev.codexlsp.exec.remote;

import dev.codexlsp.exec.json.WireException;
import dev.codexlsp.exec.protocol.EnvironmentStatus;
import dev.codexlsp.exec.protocol.ExecChannel;
import dev.codexlsp.exec.protocol.ExecCodec;
import dev.codexlsp.exec.protocol.ExecError;
import dev.codexlsp.exec.protocol.ExecMessage;
import dev.codexlsp.exec.protocol.ExecMethods;
import dev.codexlsp.exec.protocol.Payload;
import dev.codexlsp.exec.protocol.RequestId;
import dev.codexlsp.exec.protocol.Row;
import dev.codexlsp.exec.protocol.Trace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One connection while it lasts: requests find their answers here.
///
/// Any thread may call. One thread receives; it hands notifications to the [Listener] and waits as
/// long as that one does. One sends, so that nobody waits for a server that does not read longer
/// than he wants to. A connection breaks once, for the first reason; every call that waits then
/// fails.
final class Link {
  private static final System.Logger LOG = System.getLogger(Link.class.getName());

  /// Messages that may wait to be sent.
  private static final int UNSENT_LIMIT = 16;

  /// How long what has arrived may be taken in after sending has failed.
  private static final Duration REST_LIMIT = Duration.ofSeconds(5);

  /// How often somebody who waits long looks whether he still has to.
  private static final Duration SLICE = Duration.ofMillis(250);

  private final ExecChannel channel;
  private final Listener listener;
  private final Supplier<@Nullable Trace> traces;
  private final AtomicLong ids = new AtomicLong();
  private final ConcurrentMap<Long, BlockingQueue<Outcome>> waiting = new ConcurrentHashMap<>();
  private final BlockingQueue<ByteBuffer> unsent = new ArrayBlockingQueue<>(UNSENT_LIMIT);
  private final AtomicReference<Outcome.@Nullable Broke> end = new AtomicReference<>();

  /// The receiver, the sender and who asks for signs of life; all end with the link.
  private volatile List<Thread> threads = List.of();

  private volatile long heardAt;

  /// What hears of a connection. Called by the receiving thread; [#broken] by any.
  interface Listener {

    /// The server tells something.
    ///
    /// @throws WireException when the params are not what the method has
    void told(String method, Payload params) throws InterruptedException;

    /// Called once, after the link has begun to refuse calls.
    void broken(Link link);
  }

  /// How a call ended.
  private sealed interface Outcome {
    record Result(Payload result) implements Outcome {}

    record Refusal(ExecError error) implements Outcome {}

    /// @param isNonsense whether the peer does not speak our protocol, which will not get better
    record Broke(String reason, boolean isNonsense) implements Outcome {}
  }

  Link(ExecChannel channel, Listener listener, Supplier<@Nullable Trace> traces) {
    this.channel = channel;
    this.listener = listener;
    this.traces = traces;
  }

  void start(Dialer dialer) {
    heardAt = System.nanoTime();
    Thread receiver = dialer.threads().name("exec-receive").unstarted(this::receive);
    Thread sender = dialer.threads().name("exec-send").unstarted(() -> send(receiver));
    Duration askAfter = dialer.askAfter();
    List<Thread> all = new ArrayList<>(List.of(receiver, sender));
    if (askAfter != null) {
      all.add(Thread.ofVirtual().name("exec-alive").unstarted(() -> askForLife(askAfter)));
    }
    threads = List.copyOf(all);
    all.forEach(Thread::start);
  }

  /// Asks, and waits for the answer.
  ///
  /// @param deadline for sending, too
  <P extends Record, R> R call(Row.Request<P, R> method, P params, Deadline deadline)
      throws CallException, InterruptedException {
    try (Slot slot = new Slot()) {
      slot.ask(method, params, deadline);
      Outcome outcome = slot.outcome(deadline.left());
      if (outcome == null) {
        throw CallException.Unanswered.to(method, deadline);
      }
      return result(method, outcome);
    }
  }

  /// The same for as long as somebody wants the answer.
  <P extends Record, R> R callWhile(Row.Request<P, R> method, P params, BooleanSupplier isWanted)
      throws CallException, InterruptedException {
    try (Slot slot = new Slot()) {
      boolean isSent = false;
      Outcome outcome = null;
      while (outcome == null) {
        if (!isWanted.getAsBoolean()) {
          throw new CallException.Unanswered("nobody wants the answer to " + method.name());
        }
        isSent = isSent || slot.offer(method, params, SLICE);
        outcome = isSent ? slot.outcome(SLICE) : null;
      }
      return result(method, outcome);
    }
  }

  /// Where the answer to one call arrives.
  private final class Slot implements AutoCloseable {
    private final long id = ids.incrementAndGet();
    private final BlockingQueue<Outcome> outcome = new ArrayBlockingQueue<>(1);

    private Slot() {
      waiting.put(id, outcome);
    }

    private <P extends Record> void ask(Row.Request<P, ?> method, P params, Deadline deadline)
        throws CallException, InterruptedException {
      if (!offer(method, params, deadline.left())) {
        throw CallException.Unanswered.to(method, deadline);
      }
    }

    /// False when there was no room in time.
    private <P extends Record> boolean offer(Row.Request<P, ?> method, P params, Duration limit)
        throws CallException, InterruptedException {
      return send(
          new ExecMessage.Request(
              new RequestId.Numeric(id), method.name(), Payload.of(params), traces.get()),
          limit);
    }

    private @Nullable Outcome outcome(Duration limit) throws InterruptedException {
      return outcome.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
      waiting.remove(id);
    }
  }

  private <R> R result(Row.Request<?, R> method, Outcome outcome) throws CallException {
    return switch (outcome) {
      case Outcome.Broke _ -> throw broken();
      case Outcome.Refusal(ExecError error) -> throw new CallException.Refused(error);
      case Outcome.Result(Payload result) -> {
        try {
          yield result.as(method.result());
        } catch (WireException nonsense) {
          breakOff("its answer to " + method.name() + " is " + nonsense.getMessage(), true);
          throw broken();
        }
      }
    };
  }

  <P extends Record> void tell(Row.Notification<P> method, P params)
      throws CallException, InterruptedException {
    tell(new ExecMessage.Notification(method.name(), Payload.of(params)));
  }

  private void tell(ExecMessage message) throws CallException, InterruptedException {
    if (!send(message, REST_LIMIT)) {
      breakOff("the server does not read what it is told", false);
      throw broken();
    }
  }

  /// False when there was no room in time.
  private boolean send(ExecMessage message, Duration limit)
      throws CallException, InterruptedException {
    ByteBuffer bytes = ExecCodec.encode(message);
    Deadline deadline = Deadline.in(limit);
    do {
      // A slot that was put in after the break would never be filled. A later break fills it, but
      // perhaps the answer has come before.
      if (isBroken()) {
        throw broken();
      }
      if (unsent.offer(bytes, deadline.atMost(SLICE).left().toNanos(), TimeUnit.NANOSECONDS)) {
        return true;
      }
    } while (deadline.left().isPositive());
    return false;
  }

  /// Runs on a thread of its own. When it fails, something may have arrived before that still
  /// counts.
  private void send(Thread receiver) {
    try {
      try {
        while (!isBroken()) {
          channel.send(unsent.take());
        }
      } catch (IOException gone) {
        receiver.join(REST_LIMIT);
        breakOff(Words.of(gone), false);
      }
    } catch (InterruptedException _) {
      breakOff("closed", false);
    }
  }

  /// Runs on a thread of its own. A server that is busy with a call has its own time for that.
  private void askForLife(Duration askAfter) {
    try {
      while (!isBroken()) {
        Thread.sleep(askAfter);
        boolean isSilent = System.nanoTime() - heardAt >= askAfter.toNanos();
        if (isSilent && waiting.isEmpty() && !answers(askAfter)) {
          breakOff("no sign of life for " + Words.of(askAfter.multipliedBy(2)), false);
        }
      }
    } catch (InterruptedException _) {
      breakOff("closed", false);
    }
  }

  private boolean answers(Duration limit) throws InterruptedException {
    try {
      call(ExecMethods.ENVIRONMENT_STATUS, new EnvironmentStatus(), Deadline.in(limit));
      return true;
    } catch (CallException failure) {
      // A refusal is an answer, too, and what has broken needs none.
      return !(failure instanceof CallException.Unanswered);
    }
  }

  /// Ends the connection; does nothing when it has ended.
  void close(String reason) {
    breakOff(reason, false);
  }

  boolean isBroken() {
    return end.get() != null;
  }

  /// Why it broke.
  String reason() {
    Outcome.Broke broke = end.get();
    return broke == null ? "" : broke.reason();
  }

  /// Whether the peer turned out to speak something else.
  boolean isNonsense() {
    Outcome.Broke broke = end.get();
    return broke != null && broke.isNonsense();
  }

  private CallException.Broken broken() {
    return new CallException.Broken(reason());
  }

  private void receive() {
    try {
      ByteBuffer message = channel.receive();
      while (message != null && !isBroken()) {
        heardAt = System.nanoTime();
        take(ExecCodec.decode(message), message);
        message = channel.receive();
      }
      breakOff("the server has closed the connection", false);
    } catch (IOException gone) {
      breakOff(Words.of(gone), false);
    } catch (WireException nonsense) {
      breakOff("a notification has " + nonsense.getMessage(), true);
    } catch (CallException _) {
      // Already broken.
    } catch (InterruptedException _) {
      breakOff("closed", false);
    } catch (RuntimeException bug) {
      LOG.log(System.Logger.Level.ERROR, "the receiver of an exec-server's messages broke", bug);
      breakOff("internal error", false);
    }
  }

  private void take(ExecMessage message, ByteBuffer bytes)
      throws CallException, InterruptedException {
    switch (message) {
      case ExecMessage.Answer(RequestId id, Payload result) ->
          answer(id, new Outcome.Result(result));
      case ExecMessage.Failure(RequestId id, ExecError error) ->
          answer(id, new Outcome.Refusal(error));
      case ExecMessage.Notification(String method, Payload params) -> listener.told(method, params);
      case ExecMessage.Request(RequestId _, String method, Payload _, Trace _)
          when method.equals(ExecMethods.INITIALIZE.name()) ->
          breakOff("it repeats what it is told", true);
      case ExecMessage.Request(RequestId id, String method, Payload _, Trace _) ->
          tell(
              new ExecMessage.Failure(
                  id,
                  new ExecError(
                      ExecError.METHOD_NOT_FOUND, "this client does not have " + method)));
      case ExecMessage.Malformed _ -> breakOff("it said " + Words.quoted(bytes), true);
    }
  }

  private void answer(RequestId id, Outcome outcome) {
    BlockingQueue<Outcome> slot =
        id instanceof RequestId.Numeric(long number) ? waiting.get(number) : null;
    if (slot == null) {
      // Somebody who was interrupted does not wait for the answer any more.
      LOG.log(System.Logger.Level.DEBUG, "an answer to nobody");
    } else {
      slot.offer(outcome);
    }
  }

  private void breakOff(String reason, boolean isNonsense) {
    Outcome.Broke broke = new Outcome.Broke(reason, isNonsense);
    if (end.compareAndSet(null, broke)) {
      channel.close();
      // Before the calls fail, so that who calls again finds a new connection on its way.
      listener.broken(this);
      waiting.values().forEach(slot -> slot.offer(broke));
      threads.forEach(Thread::interrupt);
    }
  }
}
