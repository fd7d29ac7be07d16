package dev.codexlsp.exec.remote;

import dev.codexlsp.exec.ExecProcess;
import dev.codexlsp.exec.ProcessEvent;
import dev.codexlsp.exec.ProcessSpec;
import dev.codexlsp.exec.Run;
import dev.codexlsp.exec.Stdio;
import dev.codexlsp.exec.protocol.EnvironmentInfo;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Commands for a place that is played, and what its consumer sees of them.
final class Commands {
  static final RemotePlace PLACE =
      new RemotePlace.Program(List.of("fake"), Map.of(), Path.of("/"), Duration.ofSeconds(10));

  private static final Duration SHORT = Duration.ofMillis(300);
  static final Timing TIMING =
      new Timing(SHORT, Duration.ofSeconds(10), Run.LIMIT, SHORT, SHORT, SHORT, SHORT);

  private Commands() {}

  /// The place behind a socket.
  static RemoteBackend behind(URI url, @Nullable String token, Timing timing) {
    return new RemoteBackend(
        new RemotePlace.Socket(url, token, Run.LIMIT, Run.LIMIT), timing, () -> null);
  }

  /// What a server tells of itself that has no more than a shell.
  static EnvironmentInfo.Result withShell(String name) {
    return new EnvironmentInfo.Result(
        new EnvironmentInfo.Shell(name, "/bin/" + name),
        null,
        null,
        null,
        null,
        "linux",
        null,
        null,
        null,
        null);
  }

  static ProcessSpec spec(String program) {
    return new ProcessSpec(List.of(program), Path.of("/w"), Map.of());
  }

  /// The same for one that can be written to.
  static ProcessSpec input(String program) {
    return Run.with(spec(program), new Stdio.Pipes(true));
  }

  static Arrival out(long sequence, String text) {
    return new Arrival.Chunk(Play.chunk(sequence, text));
  }

  /// Every event until the last, or until none comes in time.
  static List<ProcessEvent> all(ExecProcess process) throws InterruptedException {
    List<ProcessEvent> events = new ArrayList<>();
    for (ProcessEvent event = process.next(Run.LIMIT);
        event != null;
        event = process.next(Run.LIMIT)) {
      events.add(event);
    }
    return events;
  }

  static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
