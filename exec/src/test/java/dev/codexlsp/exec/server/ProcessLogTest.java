package dev.codexlsp.exec.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.exec.ProcessEvent.Closed;
import dev.codexlsp.exec.ProcessEvent.Exited;
import dev.codexlsp.exec.ProcessEvent.Lost;
import dev.codexlsp.exec.ProcessEvent.Output;
import dev.codexlsp.exec.ProcessEvent.Stream;
import dev.codexlsp.exec.protocol.ProcessRead;
import dev.codexlsp.exec.protocol.ProcessRead.Chunk;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProcessLogTest {
  private static final ByteBuffer BYTES = ByteBuffer.wrap(new byte[10]);
  private static final long LONG = 60_000;

  private final ProcessLog log = new ProcessLog(new Pieces());

  private static ProcessRead after(long sequence, @Nullable Long maxBytes) {
    return new ProcessRead("p", sequence, maxBytes, null);
  }

  private static ProcessRead.Result result(
      List<Long> chunks, long next, @Nullable Integer exitCode, boolean closed) {
    return new ProcessRead.Result(
        chunks.stream().map(sequence -> new Chunk(sequence, Stream.PTY, BYTES)).toList(),
        next,
        exitCode != null,
        exitCode,
        closed,
        null,
        false);
  }

  private void output(long sequence) {
    log.output(new Output(sequence, Stream.PTY, BYTES));
  }

  @Test
  void tellsWhatThereIs() throws Exception {
    assertThat(log.readNow(after(0, null))).isNull();
    assertThat(log.read(after(0, null), 0)).isEqualTo(result(List.of(), 1, null, false));
    output(1);
    output(2);
    log.exited(new Exited(3, 7, false));
    output(4);
    assertThat(log.readNow(after(0, null))).isEqualTo(result(List.of(1L, 2L, 4L), 5, 7, false));
    assertThat(log.readNow(after(0, 15L))).isEqualTo(result(List.of(1L), 2, 7, false));
    assertThat(log.readNow(after(2, 15L))).isEqualTo(result(List.of(4L), 5, 7, false));
    assertThat(log.readNow(after(4, null))).isNull();
    assertThat(log.read(after(4, null), 1)).isEqualTo(result(List.of(), 5, 7, false));
    log.closed(new Closed(5, true));
    assertThat(log.readNow(after(4, null))).isEqualTo(result(List.of(), 6, 7, true));
    assertThat(log.readNow(after(99, 0L))).isEqualTo(result(List.of(), 6, 7, true));
  }

  @Test
  void anExitIsNewsToWhoeverDoesNotKnowIt() {
    output(1);
    log.exited(new Exited(2, 0, true));
    assertThat(log.readNow(after(1, null)))
        .isEqualTo(new ProcessRead.Result(List.of(), 3, true, 0, false, null, true));
    assertThat(log.readNow(after(2, null))).isNull();
  }

  @Test
  void waitsForNews() throws Exception {
    CompletableFuture<ProcessRead.Result> waiting = reading();
    output(1);
    assertThat(waiting.get(20, TimeUnit.SECONDS)).isEqualTo(result(List.of(1L), 2, null, false));
  }

  @Test
  void aLossIsTheLastNews() throws Exception {
    CompletableFuture<ProcessRead.Result> waiting = reading();
    log.lost(new Lost(1, "the place is gone"));
    assertThat(waiting.get(20, TimeUnit.SECONDS))
        .isEqualTo(
            new ProcessRead.Result(List.of(), 2, false, null, true, "the place is gone", false));
  }

  private CompletableFuture<ProcessRead.Result> reading() {
    return CompletableFuture.supplyAsync(() -> {
      try {
        return log.read(after(0, null), LONG);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    });
  }
}
