package dev.codexlsp.exec.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codexlsp.exec.server.RequestQueue.Received;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RequestQueueTest {
  private static final int HALF = (int) (RequestQueue.BYTE_LIMIT / 2);

  private static Received message(int bytes) {
    return Received.message(ByteBuffer.allocate(bytes));
  }

  @Test
  void holdsManySmallMessagesAndOneThatIsTooLarge() throws Exception {
    RequestQueue queue = new RequestQueue(Duration.ZERO);
    for (int i = 0; i < 50_000; i++) {
      queue.put(message(100));
    }
    assertThatThrownBy(() -> queue.put(message(2 * HALF))).hasMessageStartingWith("no request");
    for (int i = 0; i < 50_000; i++) {
      queue.take();
    }
    queue.put(message(4 * HALF));
    assertThatThrownBy(() -> queue.put(message(1))).hasMessage("no request was taken for 0 s");
  }

  @Test
  void isPatientAsLongAsSomethingMoves() throws Exception {
    RequestQueue queue = new RequestQueue(Duration.ofSeconds(60));
    queue.put(message(HALF));
    queue.put(Received.problem("too long"));
    Thread taker =
        Thread.ofVirtual()
            .start(() -> {
              try {
                queue.take();
                queue.take();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            });
    Received last = message(HALF);
    queue.put(last);
    taker.join();
    assertThat(queue.take()).isSameAs(last);
    queue.end();
    assertThat(queue.take()).isNull();
  }
}
