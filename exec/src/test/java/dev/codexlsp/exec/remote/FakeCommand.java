package dev.codexlsp.exec.remote;

import dev.codexlsp.exec.ProcessEvent;
import dev.codexlsp.exec.protocol.ProcessRead;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A process of [FakeExecServer], which has the lock: the events that a test gave it, one after the
/// other.
final class FakeCommand {
  /// Where it waits until something is written to it.
  static final Arrival AWAIT_WRITE = new Arrival.End(-1);

  private final List<Arrival> events;
  private final Map<String, ByteBuffer> writes = new HashMap<>();
  private int told;

  FakeCommand(List<Arrival> events) {
    this.events = new ArrayList<>(events);
  }

  /// The next thing to tell; null when there is none, or none yet.
  @Nullable Arrival next() {
    return hasEnded() || events.get(told).equals(AWAIT_WRITE) ? null : events.get(told++);
  }

  boolean hasEnded() {
    return told == events.size();
  }

  /// Each piece once.
  Collection<ByteBuffer> written() {
    return writes.values();
  }

  /// What can still be read.
  ///
  /// @param retained how many chunks at most, the last ones
  ProcessRead.Result read(long afterSequence, int retained) {
    List<ProcessRead.Chunk> chunks = new ArrayList<>();
    long next = 1;
    Integer exitCode = null;
    boolean denied = false;
    boolean closed = false;
    for (Arrival event : events.subList(0, told)) {
      next = Math.max(next, event.sequence() + 1);
      switch (event) {
        case Arrival.Chunk(ProcessEvent.Output(long seq, var stream, ByteBuffer bytes)) ->
            chunks.add(new ProcessRead.Chunk(seq, stream, bytes));
        case Arrival.Exit(long _, int code, Boolean refused) -> {
          exitCode = code;
          denied = Boolean.TRUE.equals(refused);
        }
        case Arrival.End _ -> closed = true;
      }
    }
    List<ProcessRead.Chunk> left =
        chunks.subList(Math.max(0, chunks.size() - retained), chunks.size()).stream()
            .filter(chunk -> chunk.seq() > afterSequence)
            .toList();
    return new ProcessRead.Result(left, next, exitCode != null, exitCode, closed, null, denied);
  }

  void write(String id, ByteBuffer chunk) {
    if (writes.putIfAbsent(id, chunk) == null && !hasEnded()) {
      events.remove(told);
    }
  }

  /// Whether there was something to end.
  boolean terminate() {
    if (hasEnded()) {
      return false;
    }
    long next = events.subList(0, told).stream().mapToLong(Arrival::sequence).max().orElse(0) + 1;
    events.subList(told, events.size()).clear();
    events.add(new Arrival.Exit(next, 137, false));
    events.add(new Arrival.End(next + 1));
    return true;
  }
}
