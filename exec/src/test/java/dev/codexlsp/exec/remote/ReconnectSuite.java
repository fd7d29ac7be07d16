package dev.codexlsp.exec.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.exec.ExecProcess;
import dev.codexlsp.exec.FileException;
import dev.codexlsp.exec.ProcessEvent;
import dev.codexlsp.exec.ProcessSpec;
import dev.codexlsp.exec.Run;
import dev.codexlsp.exec.Stdio;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Real commands of a real server, while the connection to it breaks.
@Timeout(120)
abstract class ReconnectSuite {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir Path folder;
  CuttingProxy proxy;
  RemoteBackend backend;

  /// Starts the server, and says where it listens.
  abstract URI listen() throws Exception;

  /// Ends the server.
  abstract void end();

  @BeforeEach
  void open() throws Exception {
    proxy = new CuttingProxy(listen().getPort());
    backend =
        new RemoteBackend(
            new RemotePlace.Socket(proxy.url(), null, LIMIT, LIMIT),
            Timing.standard(Duration.ofSeconds(2)),
            () -> null);
  }

  @AfterEach
  void close() {
    backend.close();
    proxy.close();
    end();
  }

  @Test
  void everyLineComesOnceAndInOrder() throws Exception {
    ExecProcess process =
        backend.start(bash("for i in $(seq 1 300); do echo $i; sleep 0.005; done; exit 17"));
    StringBuilder text = new StringBuilder();
    int cuts = 0;
    long sequence = 0;
    int exitCode = -1;
    for (ProcessEvent event = process.next(LIMIT); event != null; event = process.next(LIMIT)) {
      assertThat(event.sequence()).isEqualTo(++sequence);
      switch (event) {
        case ProcessEvent.Output output -> {
          text.append(StandardCharsets.UTF_8.decode(output.bytes()));
          if (text.length() > 200 * (cuts + 1)) {
            cuts++;
            proxy.cut();
          }
        }
        case ProcessEvent.Exited exited -> exitCode = exited.exitCode();
        case ProcessEvent.Closed closed -> assertThat(closed.outputComplete()).isTrue();
        case ProcessEvent.NeverRan unrun -> throw new AssertionError(unrun);
        case ProcessEvent.Lost lost -> throw new AssertionError(lost);
      }
    }
    StringBuilder expected = new StringBuilder();
    for (int i = 1; i <= 300; i++) {
      expected.append(i).append('\n');
    }

    assertThat(cuts).isPositive();
    assertThat(text.toString()).isEqualTo(expected.toString());
    assertThat(exitCode).isEqualTo(17);
  }

  @Test
  void whatEndsWhileThereIsNoConnection() throws Exception {
    ExecProcess process = backend.start(bash("echo go; read line; echo $line; exit 3"));
    assertThat(Run.untilPrinted(process, "\n").strip()).isEqualTo("go");
    assertThat(process.write(ByteBuffer.wrap("said\n".getBytes(StandardCharsets.UTF_8)))).isTrue();
    proxy.down(true);
    // Nothing comes while it is down, whatever was on its way.
    ProcessEvent early = process.next(Duration.ofMillis(500));
    proxy.down(false);

    Run run = early == null ? Run.rest(process) : Run.restFrom(process, early);
    assertThat(run).isEqualTo(new Run("said\n", "", 3, true));
  }

  @Test
  void aQuestionWaitsForTheConnection() throws Exception {
    Path file = Files.writeString(folder.resolve("f"), "text");
    backend.surroundings();
    proxy.down(true);
    AtomicReference<ByteBuffer> read = new AtomicReference<>();
    Thread reader =
        Thread.ofVirtual()
            .start(() -> {
              try {
                read.set(backend.files().read(file));
              } catch (FileException | InterruptedException failure) {
                throw new AssertionError(failure);
              }
            });
    assertThat(reader.join(Duration.ofMillis(300))).isFalse();
    proxy.down(false);

    assertThat(reader.join(LIMIT)).isTrue();
    assertThat(read.get()).isEqualTo(ByteBuffer.wrap("text".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void terminateIsHeardAfterwards() throws Exception {
    ExecProcess process = backend.start(bash("echo $$; exec sleep 1000"));
    long pid = Long.parseLong(Run.untilPrinted(process, "\n").strip());
    proxy.down(true);
    process.terminate();
    proxy.down(false);

    assertThat(Run.rest(process).exitCode()).isNotZero();
    Run.await("the end", () -> !Run.isAlive(pid));
  }

  private ProcessSpec bash(String script) {
    return new ProcessSpec(
        List.of("/bin/bash", "-c", script),
        null,
        folder,
        Map.of("PATH", "/usr/bin:/bin"),
        new Stdio.Pipes(true));
  }
}
