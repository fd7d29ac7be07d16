package dev.codexlsp.exec.remote;

import dev.codexlsp.exec.ProcessEvent;
import org.jspecify.annotations.Nullable;

/// An event of a process as it came from the server, in whatever order. All of a process count in
/// one sequence.
sealed interface Arrival {

  long sequence();

  /// Bytes that wait with it.
  default int size() {
    return 0;
  }

  record Chunk(ProcessEvent.Output output) implements Arrival {
    @Override
    public long sequence() {
      return output.sequence();
    }

    @Override
    public int size() {
      return output.bytes().remaining();
    }
  }

  /// The process itself has ended.
  ///
  /// @param denied null from a server that does not tell whether the sandbox refused something
  record Exit(long sequence, int code, @Nullable Boolean denied) implements Arrival {}

  /// Of all events the one with the highest number.
  record End(long sequence) implements Arrival {}
}
