package dev.codexlsp.exec.server;

import dev.codexlsp.exec.ProcessEvent.Output;
import dev.codexlsp.exec.protocol.ProcessRead.Chunk;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The end of a process's output, for clients that have missed some of it. Reading takes nothing
/// away, and what is dropped takes its numbers along. Guarded by the lock of its [ProcessLog].
final class RetainedTail {
  static final int BYTE_LIMIT = 1024 * 1024;

  /// Against a process that writes single bytes: each of them is an object here.
  static final int CHUNK_LIMIT = 50_000;

  /// About what the objects of a chunk take in memory.
  private static final int CHUNK_COST = 150;

  private final ArrayDeque<Chunk> chunks = new ArrayDeque<>();
  private long bytes;

  void add(Output output) {
    chunks.add(new Chunk(output.sequence(), output.stream(), output.bytes()));
    bytes += output.bytes().remaining();
    while (chunks.size() > 1 && (bytes > BYTE_LIMIT || chunks.size() > CHUNK_LIMIT)) {
      bytes -= chunks.remove().chunk().remaining();
    }
  }

  /// What it costs to keep all this; a chunk is more than its bytes.
  long cost() {
    return bytes + (long) chunks.size() * CHUNK_COST;
  }

  void clear() {
    chunks.clear();
    bytes = 0;
  }

  /// The oldest chunks with higher numbers.
  ///
  /// @param maxBytes they are no more together, unless it is one alone; null for all
  List<Chunk> after(long sequence, @Nullable Long maxBytes) {
    List<Chunk> page = new ArrayList<>();
    long sum = 0;
    for (Chunk chunk : chunks) {
      if (chunk.seq() > sequence) {
        sum += chunk.chunk().remaining();
        if (maxBytes != null && sum > maxBytes && !page.isEmpty()) {
          break;
        }
        page.add(chunk);
      }
    }
    return page;
  }
}
