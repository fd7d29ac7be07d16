package dev.codexlsp.exec.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.exec.ProcessEvent;
import dev.codexlsp.exec.ProcessEvent.Stream;
import dev.codexlsp.exec.Run;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventQueueTest {
  private final AtomicInteger caughtUp = new AtomicInteger();
  private final EventQueue queue = new EventQueue(caughtUp::incrementAndGet);

  @Test
  void eventsAreNumberedInOrderAndEndWithClosed() throws Exception {
    queue.output(Stream.STDOUT, new byte[] {1});
    queue.exited(3);
    queue.output(Stream.STDERR, new byte[] {2, 3});
    queue.closed(true);
    queue.output(Stream.STDOUT, new byte[] {4});

    assertThat(all())
        .containsExactly(
            new ProcessEvent.Output(1, Stream.STDOUT, ByteBuffer.wrap(new byte[] {1})),
            new ProcessEvent.Exited(2, 3, false),
            new ProcessEvent.Output(3, Stream.STDERR, ByteBuffer.wrap(new byte[] {2, 3})),
            new ProcessEvent.Closed(4, true));
    assertThat(queue.next(Run.LIMIT)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"65536, 4, 2", "1, 256, 128"})
  void consumerIsBehindUntilItHasTakenHalf(int chunk, int limit, int half) throws Exception {
    for (int i = 1; i <= limit; i++) {
      assertThat(queue.isBehind()).isFalse();
      queue.output(Stream.STDOUT, new byte[chunk]);
    }
    for (int i = 1; i <= half; i++) {
      assertThat(queue.isBehind()).isTrue();
      assertThat(caughtUp).hasValue(0);
      queue.next(Run.LIMIT);
    }

    assertThat(queue.isBehind()).isFalse();
    assertThat(caughtUp).hasValue(1);
  }

  @Test
  void consumerStaysBehindWhenMoreComes() throws Exception {
    queue.output(Stream.STDOUT, new byte[EventQueue.UNREAD_BYTES]);
    queue.output(Stream.STDERR, new byte[1]);
    queue.next(Run.LIMIT);

    assertThat(queue.isBehind()).isFalse();
    assertThat(caughtUp).hasValue(1);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 262144",
    "1, 262144",
    "8, 262144",
    "16, 131072",
    "256, 8192",
    "257, 8192",
    "65536, 8192"
  })
  void manyQueuesShareTheRoom(int processes, int share) {
    assertThat(EventQueue.share(processes)).isEqualTo(share);
  }

  @Test
  void theRoomMayChange() throws Exception {
    AtomicInteger room = new AtomicInteger(2);
    EventQueue queue = new EventQueue(caughtUp::incrementAndGet, null, room::get);
    queue.output(Stream.STDOUT, new byte[1]);
    assertThat(queue.isBehind()).isFalse();
    room.set(1);
    queue.output(Stream.STDOUT, new byte[1]);
    assertThat(queue.isBehind()).isTrue();
    queue.next(Run.LIMIT);
    assertThat(queue.isBehind()).isTrue();
    queue.next(Run.LIMIT);
    assertThat(queue.isBehind()).isFalse();
    assertThat(caughtUp).hasValue(1);
  }

  @Test
  void smallOutputDoesNotEndTheDelay() throws Exception {
    for (int i = 0; i < 4; i++) {
      queue.output(Stream.STDOUT, new byte[EventQueue.UNREAD_BYTES / 4]);
    }
    queue.next(Run.LIMIT);
    queue.output(Stream.STDERR, new byte[1]);

    assertThat(queue.isBehind()).isTrue();
  }

  @Test
  void aLiftedQueueHoldsNobodyBack() throws Exception {
    queue.output(Stream.STDOUT, new byte[EventQueue.UNREAD_BYTES]);
    Thread reader = Thread.ofVirtual().start(this::awaitRoom);
    Run.await("the reader waits", () -> reader.getState() == Thread.State.WAITING);

    queue.lift();
    queue.output(Stream.STDOUT, new byte[EventQueue.UNREAD_BYTES]);

    assertThat(reader.join(Run.LIMIT)).isTrue();
    assertThat(queue.isBehind()).isFalse();
  }

  @Test
  void nextGivesUpAfterItsTime() throws Exception {
    assertThat(queue.next(Duration.ZERO)).isNull();
    assertThat(queue.next(Duration.ofMillis(5))).isNull();
  }

  private void awaitRoom() {
    try {
      queue.awaitRoom();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private List<ProcessEvent> all() throws InterruptedException {
    List<ProcessEvent> events = new ArrayList<>();
    for (ProcessEvent event = queue.next(Run.LIMIT); event != null; event = queue.next(Run.LIMIT)) {
      events.add(event);
    }
    return events;
  }
}
