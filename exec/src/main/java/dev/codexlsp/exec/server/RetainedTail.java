package dev.codexlsp.exec.server;

import dev.codexlsp.exec.ProcessEvent.Output;
import dev.codexlsp.exec.ProcessEvent.Stream;
import dev.codexlsp.exec.protocol.ProcessRead.Chunk;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The end of a process's output, for clients that have missed some of it. Reading takes nothing
/// away, and what is dropped takes its numbers along. Guarded by the lock of its [ProcessLog].
///
/// It keeps a copy. The chunks themselves would grow old here: of many processes that print at once
/// there would be more garbage than the collector of young objects ever sees.
final class RetainedTail {
  static final int BYTE_LIMIT = 1024 * 1024;

  /// Against a process that writes single bytes: each of them has a header here.
  static final int CHUNK_LIMIT = 50_000;

  /// The number, the length and the stream of a chunk come before its bytes.
  static final int HEADER_BYTES = Long.BYTES + Integer.BYTES + Byte.BYTES;

  private static final List<Stream> STREAMS = List.of(Stream.values());

  private final ByteQueue kept = new ByteQueue();
  private final ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
  private int chunks;

  private record Header(long sequence, int length, Stream stream) {
    static Header of(ByteBuffer bytes) {
      return new Header(bytes.getLong(), bytes.getInt(), STREAMS.get(bytes.get()));
    }
  }

  void add(Output output) {
    int length = output.bytes().remaining();
    while (chunks > 0 && (bytes() + length > BYTE_LIMIT || chunks == CHUNK_LIMIT)) {
      kept.drop(HEADER_BYTES + header(0).length());
      chunks--;
    }
    header.clear().putLong(output.sequence()).putInt(length);
    kept.add(header.put((byte) output.stream().ordinal()).flip());
    kept.add(output.bytes());
    chunks++;
  }

  private long bytes() {
    return kept.size() - (long) chunks * HEADER_BYTES;
  }

  private Header header(int offset) {
    return Header.of(kept.copy(offset, HEADER_BYTES));
  }

  /// What it costs to keep all this.
  long cost() {
    return kept.capacity();
  }

  void clear() {
    kept.clear();
    chunks = 0;
  }

  /// The oldest chunks with higher numbers.
  ///
  /// @param maxBytes they are no more together, unless it is one alone; null for all
  List<Chunk> after(long sequence, @Nullable Long maxBytes) {
    List<Chunk> page = new ArrayList<>();
    long sum = 0;
    int offset = 0;
    for (int i = 0; i < chunks; i++) {
      Header next = header(offset);
      offset += HEADER_BYTES;
      if (next.sequence() > sequence) {
        sum += next.length();
        if (maxBytes != null && sum > maxBytes && !page.isEmpty()) {
          break;
        }
        ByteBuffer bytes = kept.copy(offset, next.length());
        page.add(new Chunk(next.sequence(), next.stream(), bytes));
      }
      offset += next.length();
    }
    return page;
  }
}
