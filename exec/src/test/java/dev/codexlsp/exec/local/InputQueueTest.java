package dev.codexlsp.exec.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.exec.Run;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputQueueTest {
  private final AtomicInteger filled = new AtomicInteger();
  private final InputQueue queue = new InputQueue(filled::incrementAndGet);

  @Test
  void bytesAreCopiedAndStayUntilTheyAreTaken() throws Exception {
    byte[] bytes = {1, 2, 3};
    queue.write(ByteBuffer.wrap(bytes));
    bytes[0] = 9;
    ByteBuffer first = Objects.requireNonNull(queue.first());
    assertThat(first).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3}));

    first.position(2);
    queue.taken(2);

    assertThat(queue.isEmpty()).isFalse();
    assertThat(queue.first()).isEqualTo(ByteBuffer.wrap(new byte[] {3}));
    first.position(3);
    queue.taken(1);
    assertThat(queue.isEmpty()).isTrue();
    assertThat(queue.first()).isNull();
  }

  @Test
  void theOtherSideIsWokenWhenThereIsSomethingWhereThereWasNothing() throws Exception {
    queue.write(ByteBuffer.allocate(0));
    assertThat(filled).hasValue(0);
    queue.write(ByteBuffer.allocate(1));
    queue.write(ByteBuffer.allocate(1));
    assertThat(filled).hasValue(1);
    queue.take();
    queue.take();
    queue.write(ByteBuffer.allocate(1));
    assertThat(filled).hasValue(2);
  }

  @ParameterizedTest
  @CsvSource({"65536, 4", "1, 256"})
  void writersWaitWhileItIsFull(int piece, int pieces) throws Exception {
    for (int i = 0; i < pieces; i++) {
      queue.write(ByteBuffer.allocate(piece));
    }
    Thread writer = Thread.ofVirtual().start(() -> write(ByteBuffer.allocate(1)));
    Run.await("the writer waits", () -> writer.getState() == Thread.State.WAITING);

    assertThat(Objects.requireNonNull(queue.take()).remaining()).isEqualTo(piece);

    assertThat(writer.join(Run.LIMIT)).isTrue();
  }

  @Test
  void oneWriterComesAfterTheOther() throws Exception {
    byte[] large = new byte[InputQueue.LIMIT + 1];
    Thread first = Thread.ofVirtual().start(() -> write(ByteBuffer.wrap(large)));
    Run.await("the first waits", () -> first.getState() == Thread.State.WAITING);
    Thread second = Thread.ofVirtual().start(() -> write(ByteBuffer.wrap(new byte[] {7})));
    Run.await("the second waits", () -> second.getState() == Thread.State.WAITING);

    assertThat(Objects.requireNonNull(queue.take()).remaining()).isEqualTo(InputQueue.LIMIT);

    assertThat(first.join(Run.LIMIT)).isTrue();
    assertThat(second.join(Run.LIMIT)).isTrue();
    assertThat(queue.take()).isEqualTo(ByteBuffer.wrap(new byte[] {0}));
    assertThat(queue.take()).isEqualTo(ByteBuffer.wrap(new byte[] {7}));
  }

  @Test
  void closingDropsAllAndLetsEverybodyGo() throws Exception {
    Thread writer =
        Thread.ofVirtual().start(() -> write(ByteBuffer.allocate(2 * InputQueue.LIMIT)));
    Run.await("the writer waits", () -> writer.getState() == Thread.State.WAITING);

    queue.close();

    assertThat(writer.join(Run.LIMIT)).isTrue();
    assertThat(queue.take()).isNull();
    assertThat(queue.isEmpty()).isTrue();
    write(ByteBuffer.allocate(1));
    assertThat(queue.first()).isNull();
  }

  private void write(ByteBuffer bytes) {
    try {
      queue.write(bytes);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
