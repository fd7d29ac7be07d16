package dev.codexlsp.exec.remote;

import static dev.codexlsp.exec.remote.Commands.PLACE;
import static dev.codexlsp.exec.remote.Commands.TIMING;
import static dev.codexlsp.exec.remote.Commands.all;
import static dev.codexlsp.exec.remote.Commands.bytes;
import static dev.codexlsp.exec.remote.Commands.input;
import static dev.codexlsp.exec.remote.Commands.out;
import static dev.codexlsp.exec.remote.Commands.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.exec.ExecProcess;
import dev.codexlsp.exec.ProcessEvent;
import dev.codexlsp.exec.ProcessSpec;
import dev.codexlsp.exec.Run;
import dev.codexlsp.exec.Stdio;
import dev.codexlsp.exec.TerminalSize;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a command of another place is given to read, and the size of its terminal.
@Timeout(60)
class RemoteInputTest {
  private final FakeExecServer server = new FakeExecServer(() -> false);
  private final RemoteBackend backend = new RemoteBackend(PLACE, server, TIMING, () -> null);

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void theLastSizeIsTheLastThatIsAskedFor() throws Exception {
    AtomicReference<String> size = new AtomicReference<>("");
    HandMadeServer resizable =
        new HandMadeServer(question -> {
          if (question.is("process/resize")) {
            size.set(question.request().params().toString());
          }
          return false;
        });
    try (RemoteBackend backendWithSizes = new RemoteBackend(PLACE, resizable, TIMING, () -> null)) {
      ExecProcess process =
          backendWithSizes.start(
              new ProcessSpec(
                  List.of("top"),
                  null,
                  Path.of("/w"),
                  Map.of(),
                  new Stdio.Terminal(TerminalSize.DEFAULT)));
      for (int round = 0; round < 300; round++) {
        for (int rows = 21; rows <= 24; rows++) {
          process.resize(new TerminalSize(rows, 100 + round));
        }
        String last = String.valueOf(100 + round);
        Run.await("the last size", () -> size.get().contains(last) && size.get().contains("24"));
      }
      process.interrupt();
      process.terminate();
      Run.await("the end", () -> resizable.calls().contains("1:process/terminate"));
      assertThat(resizable.calls()).endsWith("1:process/signal", "1:process/terminate");
    }
  }

  @Test
  void aWriteThatNobodyReadsEndsWithItsProcess() throws Exception {
    HandMadeServer stuck = new HandMadeServer(question -> question.is("process/write"));
    RemoteBackend other = new RemoteBackend(PLACE, stuck, TIMING, () -> null);
    ExecProcess process = other.start(input("cat"));
    AtomicReference<Boolean> written = new AtomicReference<>();
    Thread writer =
        Thread.ofVirtual()
            .start(() -> {
              try {
                written.set(process.write(bytes("x")));
              } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
              }
            });
    Run.await("the write", () -> stuck.calls().contains("1:process/write"));
    other.close();

    assertThat(writer.join(Run.LIMIT)).isTrue();
    assertThat(written).hasValue(true);
  }

  @Test
  void aWriteToAnUnknownProcessEndsIt() throws Exception {
    server.with("cat", out(1, "a"), FakeCommand.AWAIT_WRITE, new Arrival.End(2));
    ExecProcess cat = backend.start(input("cat"));
    assertThat(cat.next(Run.LIMIT)).isEqualTo(Play.chunk(1, "a"));
    server.forget();

    assertThat(cat.write(bytes("x"))).isTrue();

    assertThat(all(cat))
        .containsExactly(new ProcessEvent.Exited(2, -1, false), new ProcessEvent.Closed(3, false));
    assertThat(cat.write(bytes("dropped"))).isTrue();
    assertThat(server.count("process/write")).isEqualTo(1);
  }

  @Test
  void aProcessWithoutInputIsNotWrittenTo() throws Exception {
    server.with("true", FakeCommand.AWAIT_WRITE);

    assertThat(backend.start(spec("true")).write(bytes("x"))).isFalse();
    assertThat(server.count("process/write")).isZero();
  }

  @Test
  void aLongWriteGoesInPieces() throws Exception {
    server.with("cat", FakeCommand.AWAIT_WRITE);
    byte[] much = new byte[150_000];

    assertThat(backend.start(input("cat")).write(ByteBuffer.wrap(much))).isTrue();

    assertThat(server.written().stream().mapToInt(ByteBuffer::remaining).sum()).isEqualTo(150_000);
    assertThat(server.count("process/write")).isEqualTo(3);
  }
}
