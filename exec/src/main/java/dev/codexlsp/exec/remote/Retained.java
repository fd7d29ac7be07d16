package dev.codexlsp.exec.remote;

import dev.codexlsp.exec.ProcessEvent;
import dev.codexlsp.exec.protocol.ProcessRead;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a server retains of a process: the answer to a read.
///
/// @param nextSequence nothing up to the number before it is missing among the chunks, but for the
///   exit and the end
/// @param exitCode null while the process runs, and when it is unknown
/// @param failure null unless the server has lost the process
/// @param denied null from a server that does not tell
record Retained(
    List<ProcessEvent.Output> chunks,
    long nextSequence,
    boolean exited,
    @Nullable Integer exitCode,
    boolean closed,
    @Nullable String failure,
    @Nullable Boolean denied) {
  Retained {
    chunks = List.copyOf(chunks);
  }

  static Retained of(ProcessRead.Result result) {
    return new Retained(
        result.chunks().stream()
            .map(chunk -> new ProcessEvent.Output(chunk.seq(), chunk.stream(), chunk.chunk()))
            .toList(),
        result.nextSeq(),
        result.exited(),
        result.exitCode(),
        result.closed(),
        result.failure(),
        result.sandboxDenied());
  }
}
