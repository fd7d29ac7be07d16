package dev.codexlsp.exec.remote;

import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.codexlsp.exec.ProcessEvent;
import dev.codexlsp.exec.ProcessEvent.Stream;
import dev.codexlsp.exec.remote.Arrival.Chunk;
import dev.codexlsp.exec.remote.Arrival.End;
import dev.codexlsp.exec.remote.Arrival.Exit;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.Arguments;

/// What happened to a process, and what its consumer saw of it, in words.
final class Play {
  static final Timing PATIENCE = Timing.standard(Duration.ofSeconds(2));

  private final EventOrder order = new EventOrder(PATIENCE, 0);
  private final List<String> seen = new ArrayList<>();
  private long now;

  /// A row of a table: what happens, and what the consumer is to see.
  static Arguments play(String name, UnaryOperator<Play> steps, String... expected) {
    return argumentSet(name, steps, List.of(expected));
  }

  List<String> seen() {
    return seen;
  }

  Play out(long sequence, String text) {
    return arrive(new Chunk(chunk(sequence, text)));
  }

  Play exit(long sequence, int code, @Nullable Boolean denied) {
    return arrive(new Exit(sequence, code, denied));
  }

  Play closed(long sequence) {
    return arrive(new End(sequence));
  }

  Play arrive(Arrival arrival) {
    order.accept(arrival, now);
    return look();
  }

  Play passed(int ms) {
    now += TimeUnit.MILLISECONDS.toNanos(ms);
    return look();
  }

  Play doubt() {
    order.doubt();
    return look();
  }

  Play unknown() {
    order.unknown();
    return look();
  }

  Play cut(String reason) {
    order.fail(reason);
    return look();
  }

  Play resume() {
    seen.add("read RESUMED after " + order.readSent(EventOrder.Read.RESUMED));
    return this;
  }

  Play answer(Retained retained) {
    order.apply(retained, now);
    return look();
  }

  private Play look() {
    for (ProcessEvent event = order.poll(now); event != null; event = order.poll(now)) {
      seen.add(word(event));
    }
    EventOrder.Read wanted = order.wants(now);
    if (wanted != null) {
      seen.add("read " + wanted + " after " + order.readSent(wanted));
    }
    return this;
  }

  static String word(ProcessEvent event) {
    return switch (event) {
      case ProcessEvent.Output output ->
          StandardCharsets.UTF_8.decode(output.bytes().duplicate()).toString();
      case ProcessEvent.Exited(long _, int code, boolean denied) ->
          "exit " + code + (denied ? " denied" : "");
      case ProcessEvent.Closed(long _, boolean complete) -> complete ? "closed" : "closed early";
      case ProcessEvent.NeverRan(long _, String reason) -> "never ran: " + reason;
      case ProcessEvent.Lost(long _, String reason) -> "lost: " + reason;
    };
  }

  static ProcessEvent.Output chunk(long sequence, String text) {
    return new ProcessEvent.Output(
        sequence, Stream.STDOUT, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  /// The answer for a process that runs on.
  static Retained running(long nextSequence, ProcessEvent.Output... chunks) {
    return new Retained(List.of(chunks), nextSequence, false, null, false, null, false);
  }

  static Retained exited(long nextSequence, @Nullable Integer code, ProcessEvent.Output... chunks) {
    return new Retained(List.of(chunks), nextSequence, true, code, false, null, false);
  }

  static Retained closed(
      long nextSequence, int code, @Nullable Boolean denied, ProcessEvent.Output... chunks) {
    return new Retained(List.of(chunks), nextSequence, true, code, true, null, denied);
  }
}
