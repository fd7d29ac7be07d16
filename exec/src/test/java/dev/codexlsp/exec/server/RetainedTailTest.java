package dev.codexlsp.exec.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.exec.ProcessEvent.Output;
import dev.codexlsp.exec.ProcessEvent.Stream;
import dev.codexlsp.exec.protocol.ProcessRead.Chunk;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RetainedTailTest {
  private final RetainedTail tail = new RetainedTail();

  private void add(long sequence, int bytes) {
    tail.add(new Output(sequence, Stream.STDOUT, ByteBuffer.allocate(bytes)));
  }

  private List<Long> after(long sequence, @Nullable Long maxBytes) {
    return tail.after(sequence, maxBytes).stream().map(Chunk::seq).toList();
  }

  @Test
  void givesWholeChunksAndAtLeastOne() {
    add(1, 10);
    add(3, 10);
    add(4, 10);
    assertThat(after(0, null)).containsExactly(1L, 3L, 4L);
    assertThat(after(1, null)).containsExactly(3L, 4L);
    assertThat(after(2, null)).containsExactly(3L, 4L);
    assertThat(after(4, null)).isEmpty();
    assertThat(after(0, 0L)).containsExactly(1L);
    assertThat(after(0, 10L)).containsExactly(1L);
    assertThat(after(0, 19L)).containsExactly(1L);
    assertThat(after(0, 20L)).containsExactly(1L, 3L);
    assertThat(after(3, Long.MAX_VALUE)).containsExactly(4L);
  }

  @Test
  void dropsTheOldestBytesAndKeepsTheNumbers() {
    for (int sequence = 1; sequence <= 20; sequence++) {
      add(sequence, 100_000);
    }
    assertThat(after(0, null)).first().isEqualTo(11L);
    assertThat(tail.cost()).isBetween(1_000_000L, RetainedTail.BYTE_LIMIT + 70_000L);
    add(21, 2 * RetainedTail.BYTE_LIMIT);
    assertThat(after(0, null)).containsExactly(21L);
    add(22, 1);
    assertThat(after(0, null)).containsExactly(22L);
    tail.clear();
    assertThat(after(0, null)).isEmpty();
    assertThat(tail.cost()).isZero();
  }

  @Test
  void dropsTheOldestChunks() {
    for (int sequence = 1; sequence <= RetainedTail.CHUNK_LIMIT + 5; sequence++) {
      add(sequence, 1);
    }
    assertThat(after(0, null)).hasSize(RetainedTail.CHUNK_LIMIT).first().isEqualTo(6L);
    assertThat(tail.cost())
        .isBetween(
            (long) RetainedTail.CHUNK_LIMIT * (1 + RetainedTail.HEADER_BYTES),
            (long) RetainedTail.CHUNK_LIMIT * (1 + RetainedTail.HEADER_BYTES) + 400_000);
  }

  /// Nobody may change what is kept by what he was given, or gave.
  @Test
  void keepsAndGivesCopies() {
    byte[] given = "abc".getBytes(US_ASCII);
    tail.add(new Output(1, Stream.PTY, ByteBuffer.wrap(given)));
    given[0] = 'x';
    tail.after(0, null).getFirst().chunk().put((byte) 'y');
    assertThat(tail.after(0, null))
        .containsExactly(new Chunk(1, Stream.PTY, ByteBuffer.wrap("abc".getBytes(US_ASCII))));
  }

  /// The same, chunk by chunk, as a list that is cut at its beginning.
  @Test
  void isTheEndOfWhatCameWhateverTheLengths() {
    Random random = new Random(6);
    ArrayDeque<Chunk> all = new ArrayDeque<>();
    long sum = 0;
    for (int sequence = 1; sequence <= 3_000; sequence++) {
      byte[] bytes = new byte[random.nextInt(1 << random.nextInt(17))];
      random.nextBytes(bytes);
      Stream stream = random.nextBoolean() ? Stream.STDOUT : Stream.STDERR;
      tail.add(new Output(sequence, stream, ByteBuffer.wrap(bytes)));
      all.add(new Chunk(sequence, stream, ByteBuffer.wrap(bytes)));
      sum += bytes.length;
      while (sum > RetainedTail.BYTE_LIMIT) {
        sum -= all.remove().chunk().remaining();
      }
      if (sequence % 100 == 0) {
        assertThat(tail.after(0, null)).containsExactlyElementsOf(all);
      }
    }
  }
}
