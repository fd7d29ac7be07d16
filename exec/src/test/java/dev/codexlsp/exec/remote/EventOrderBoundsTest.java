package dev.codexlsp.exec.remote;

import static dev.codexlsp.exec.remote.Play.PATIENCE;
import static dev.codexlsp.exec.remote.Play.chunk;
import static dev.codexlsp.exec.remote.Play.exited;
import static dev.codexlsp.exec.remote.Play.running;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.exec.ProcessEvent;
import dev.codexlsp.exec.remote.Arrival.Chunk;
import dev.codexlsp.exec.remote.Arrival.End;
import dev.codexlsp.exec.remote.Arrival.Exit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What an order of events keeps, and that it comes to its end whatever happens.
class EventOrderBoundsTest {
  @Test
  void numbersOfTheServerAreKept() {
    EventOrder order = new EventOrder(PATIENCE, 0);
    order.accept(new Exit(2, 1, false), 0);
    order.accept(new End(3), 0);
    order.accept(new Chunk(chunk(1, "a")), 0);

    assertThat(List.of(next(order), next(order), next(order)))
        .containsExactly(
            chunk(1, "a"), new ProcessEvent.Exited(2, 1, false), new ProcessEvent.Closed(3, true));
    assertThat(order.poll(0)).isNull();
    assertThat(order.isOver()).isTrue();
  }

  /// As when all of it comes before the answer to the start.
  @Test
  void moreThanMayWaitForTheConsumerIsReadOnceLater() {
    int chunks = 1024;
    EventOrder order = new EventOrder(PATIENCE, 0);
    for (int i = 1; i <= chunks; i++) {
      order.accept(new Chunk(chunk(i, i + " ")), 0);
    }
    order.accept(new Exit(chunks + 1, 0, false), 0);
    StringBuilder seen = new StringBuilder();
    for (int i = 1; i <= EventOrder.EVENT_LIMIT; i++) {
      assertThat(order.wants(0)).isNull();
      seen.append(Play.word(next(order)));
    }

    assertThat(order.poll(0)).isNull();
    assertThat(order.wants(0)).isEqualTo(EventOrder.Read.MISSING);
    assertThat(order.readSent(EventOrder.Read.MISSING)).isEqualTo(EventOrder.EVENT_LIMIT);
    order.apply(exited(chunks + 2, 0, chunks(chunks)), 0);
    order.accept(new End(chunks + 2), 0);

    ProcessEvent event = next(order);
    for (; event instanceof ProcessEvent.Output; event = next(order)) {
      seen.append(Play.word(event));
    }
    assertThat(seen.toString()).isEqualTo(words(chunks));
    assertThat(event).isEqualTo(new ProcessEvent.Exited(chunks + 1, 0, false));
    assertThat(next(order)).isEqualTo(new ProcessEvent.Closed(chunks + 2, true));
    assertThat(order.wants(Long.MAX_VALUE)).isNull();
  }

  @Test
  void whatWeLetGoAndTheServerTooIsMissingButNoFailure() {
    EventOrder order = new EventOrder(PATIENCE, 0);
    for (int i = 1; i <= 300; i++) {
      order.accept(new Chunk(chunk(i, i + " ")), 0);
    }
    for (int i = 1; i <= EventOrder.EVENT_LIMIT; i++) {
      next(order);
    }
    assertThat(order.wants(0)).isEqualTo(EventOrder.Read.MISSING);
    order.readSent(EventOrder.Read.MISSING);
    order.apply(running(301, chunk(299, "299 "), chunk(300, "300 ")), 0);
    order.accept(new Exit(301, 0, false), 0);
    order.accept(new End(302), 0);

    assertThat(List.of(next(order), next(order), next(order), next(order)))
        .containsExactly(
            chunk(299, "299 "),
            chunk(300, "300 "),
            new ProcessEvent.Exited(301, 0, false),
            new ProcessEvent.Closed(302, false));
  }

  @Test
  void whatIsMissingLaterIsAFailureAgain() {
    EventOrder order = new EventOrder(PATIENCE, 0);
    for (int i = 1; i <= 257; i++) {
      order.accept(new Chunk(chunk(i, "x")), 0);
    }
    for (int i = 1; i <= EventOrder.EVENT_LIMIT; i++) {
      next(order);
    }
    order.readSent(EventOrder.Read.MISSING);
    order.apply(running(258, chunk(257, "x")), 0);
    assertThat(next(order)).isEqualTo(chunk(257, "x"));
    order.readSent(EventOrder.Read.MISSING);
    order.apply(running(260, chunk(259, "x")), 0);

    assertThat(next(order)).isInstanceOf(ProcessEvent.Lost.class);
  }

  @Test
  void aDenialDoesNotCutOffWhatWasLetGo() {
    EventOrder order = new EventOrder(PATIENCE, 0);
    long late = PATIENCE.denial().toNanos() + 1;
    order.accept(new Exit(1, 1, true), 0);
    for (int i = 2; i < 400; i++) {
      order.accept(new Chunk(chunk(i, "b")), 0);
    }
    for (int i = 0; i < EventOrder.EVENT_LIMIT; i++) {
      assertThat(order.poll(late)).isNotNull();
    }

    assertThat(order.poll(late)).isNull();
    assertThat(order.wants(late)).isEqualTo(EventOrder.Read.MISSING);
  }

  @Test
  void bytesOverTheLimitAreReadLaterToo() {
    EventOrder order = new EventOrder(PATIENCE, 0);
    String half = "x".repeat(EventOrder.BYTE_LIMIT / 2);
    order.accept(new Chunk(chunk(1, half)), 0);
    assertThat(order.isBehind()).isFalse();
    order.accept(new Chunk(chunk(2, half)), 0);
    assertThat(order.isBehind()).isTrue();
    order.accept(new Chunk(chunk(3, "c")), 0);
    order.accept(new End(4), 0);

    next(order);
    assertThat(order.isBehind()).isFalse();
    assertThat(order.wants(0)).isNull();
    next(order);
    assertThat(order.wants(0)).isEqualTo(EventOrder.Read.MISSING);
    assertThat(order.readSent(EventOrder.Read.MISSING)).isEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource
  void moreThanMayWaitForAMissingOneIsReadAtOnce(int events, int bytes) {
    EventOrder order = new EventOrder(PATIENCE, 0);
    for (int i = 0; i < events; i++) {
      assertThat(order.wants(0)).isNull();
      order.accept(new Chunk(chunk(2 + i, "x".repeat(bytes))), 0);
    }

    assertThat(order.wants(0)).isEqualTo(EventOrder.Read.MISSING);
  }

  static Stream<Arguments> moreThanMayWaitForAMissingOneIsReadAtOnce() {
    return Stream.of(
        Arguments.of(EventOrder.EVENT_LIMIT + 1, 1), Arguments.of(5, EventOrder.BYTE_LIMIT / 4));
  }

  /// Whatever the order of arrival, whichever of the events do not come.
  @Test
  void everyStreamConverges() {
    Random random = new Random(3);
    for (int round = 0; round < 20_000; round++) {
      int outputs = random.nextInt(6);
      boolean denied = random.nextBoolean();
      List<Arrival> stream = stream(outputs, random.nextInt(outputs + 1), denied);
      List<String> expected =
          new ArrayList<>(stream.stream().map(EventOrderBoundsTest::word).toList());
      if (denied) {
        expected.replaceAll(word -> word.startsWith("exit") ? word + " denied" : word);
      }
      assertThat(seen(stream, random)).as("round " + round).isEqualTo(expected);
    }
  }

  /// Outputs and the end, with the exit before the output of the number.
  private static List<Arrival> stream(int outputs, int exitBefore, boolean denied) {
    List<Arrival> stream = new ArrayList<>();
    for (int i = 0; i <= outputs; i++) {
      if (i == exitBefore) {
        stream.add(new Exit(stream.size() + 1, 4, denied));
      }
      if (i < outputs) {
        stream.add(new Chunk(chunk(stream.size() + 1, "out " + i)));
      }
    }
    stream.add(new End(stream.size() + 1));
    return stream;
  }

  /// Plays a stream shuffled, with events missing at times, and a server that answers reads from
  /// all of it.
  private static List<String> seen(List<Arrival> stream, Random random) {
    List<Arrival> arrivals = new ArrayList<>(stream);
    Collections.shuffle(arrivals, random);
    arrivals.removeIf(_ -> random.nextInt(4) == 0);
    // No end is given up, so that all of it has to come from somewhere.
    Duration day = Duration.ofDays(1);
    Timing patient = new Timing(day, day, day, day, PATIENCE.gap(), day, day);
    EventOrder order = new EventOrder(patient, 0);
    List<String> seen = new ArrayList<>();
    order.readSent(EventOrder.Read.RESUMED);
    order.apply(running(1), 0);
    long now = 0;
    for (int i = 0; !order.isOver(); i++) {
      if (i < arrivals.size()) {
        order.accept(arrivals.get(i), now);
      } else {
        now += PATIENCE.gap().toNanos();
      }
      EventOrder.Read wanted = order.wants(now);
      // The stream ended long ago, so a consumer that has seen nothing asks in the end.
      if (wanted == null && i > arrivals.size()) {
        wanted = EventOrder.Read.RESUMED;
      }
      if (wanted != null) {
        order.apply(retained(stream, order.readSent(wanted)), now);
      }
      for (ProcessEvent event = order.poll(now); event != null; event = order.poll(now)) {
        seen.add(Play.word(event));
      }
    }
    return seen;
  }

  private static Retained retained(List<Arrival> stream, long after) {
    List<ProcessEvent.Output> chunks = new ArrayList<>();
    boolean denied = false;
    for (Arrival arrival : stream) {
      switch (arrival) {
        case Chunk(var output) -> {
          if (output.sequence() > after) {
            chunks.add(output);
          }
        }
        case Exit exit -> denied = Boolean.TRUE.equals(exit.denied());
        case End _ -> {}
      }
    }
    return new Retained(chunks, stream.size() + 1, true, 4, true, null, denied);
  }

  private static String word(Arrival arrival) {
    return switch (arrival) {
      case Chunk(var output) -> Play.word(output);
      case Exit exit -> "exit " + exit.code();
      case End _ -> "closed";
    };
  }

  private static ProcessEvent next(EventOrder order) {
    return Objects.requireNonNull(order.poll(0), "no event is ready");
  }

  private static ProcessEvent.Output[] chunks(int count) {
    ProcessEvent.Output[] chunks = new ProcessEvent.Output[count];
    for (int i = 0; i < count; i++) {
      chunks[i] = chunk(i + 1, (i + 1) + " ");
    }
    return chunks;
  }

  private static String words(int count) {
    StringBuilder words = new StringBuilder();
    for (int i = 1; i <= count; i++) {
      words.append(i).append(' ');
    }
    return words.toString();
  }
}
