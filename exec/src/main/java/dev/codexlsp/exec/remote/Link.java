package dev.codexlsp.exec.remote;

import dev.codexlsp.exec.json.WireException;
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
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One connection while it lasts: requests find their answers here.
///
/// Any thread may call. One thread receives; it hands notifications to the [Listener] and waits as
/// long as that one does. A connection breaks once, for the first reason; every call that waits
/// then fails.
final class Link {
  private static final System.Logger LOG = System.getLogger(Link.class.getName());

  private final ExecChannel channel;
  private final Listener listener;
  private final Supplier<@Nullable Trace> traces;
  private final AtomicLong ids = new AtomicLong();
  private final ConcurrentMap<Long, BlockingQueue<Outcome>> waiting = new ConcurrentHashMap<>();
  private final AtomicReference<Outcome.@Nullable Broke> end = new AtomicReference<>();

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

  void start(Thread.Builder thread) {
    thread.start(this::receive);
  }

  /// Asks, and waits for the answer.
  <P extends Record, R> R call(Row.Request<P, R> method, P params, Duration limit)
      throws CallException, InterruptedException {
    long id = ids.incrementAndGet();
    BlockingQueue<Outcome> slot = new ArrayBlockingQueue<>(1);
    waiting.put(id, slot);
    try {
      send(
          new ExecMessage.Request(
              new RequestId.Numeric(id), method.name(), Payload.of(params), traces.get()));
      return result(method, slot.poll(limit.toMillis(), TimeUnit.MILLISECONDS), limit);
    } finally {
      waiting.remove(id);
    }
  }

  private <R> R result(Row.Request<?, R> method, @Nullable Outcome outcome, Duration limit)
      throws CallException {
    return switch (outcome) {
      case null ->
          throw new CallException.Unanswered(
              "no answer to " + method.name() + " within " + Words.of(limit));
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
    send(new ExecMessage.Notification(method.name(), Payload.of(params)));
  }

  private void send(ExecMessage message) throws CallException, InterruptedException {
    // A slot that was put in after the break would never be filled.
    if (end.get() != null) {
      throw broken();
    }
    try {
      channel.send(ExecCodec.encode(message));
    } catch (IOException gone) {
      breakOff(Words.of(gone), false);
      throw broken();
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
          send(
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
    }
  }
}
