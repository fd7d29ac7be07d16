package dev.codexlsp.exec.remote;

import dev.codexlsp.exec.ProcessEvent.Stream;
import dev.codexlsp.exec.protocol.ExecChannel;
import dev.codexlsp.exec.protocol.ExecCodec;
import dev.codexlsp.exec.protocol.ExecError;
import dev.codexlsp.exec.protocol.ExecMessage;
import dev.codexlsp.exec.protocol.Initialize;
import dev.codexlsp.exec.protocol.Payload;
import dev.codexlsp.exec.protocol.ProcessClosed;
import dev.codexlsp.exec.protocol.ProcessExited;
import dev.codexlsp.exec.protocol.ProcessOutput;
import dev.codexlsp.exec.protocol.ProcessRead;
import dev.codexlsp.exec.protocol.ProcessStart;
import dev.codexlsp.exec.protocol.ProcessTerminate;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// An exec-server that does what a script says, line by line, right or wrong.
///
/// ```
/// on METHOD                 waits until this is asked; what has a usual answer gets it meanwhile
/// greet                     answers `initialize` as usual
/// started                   answers a start as usual
/// refuse CODE TEXT          answers with an error
/// out NUMBER TEXT           tells of output, on a line of its own
/// kept NUMBER TEXT          retains output that it does not tell of
/// outs FROM TO              tells of output many times: "line 1", "line 2"
/// exited NUMBER CODE        tells of the exit as old servers do; with `allowed` or `denied` behind
///                           it as new ones do
/// closed NUMBER             tells of the end
/// retained NEXT WORDS       answers a read with the output so far; the words are `exited CODE`,
///                           `closed`, `denied`
/// cut                       ends the connection; the script goes on with the next one
/// ```
///
/// Usual answers are those to `initialize`, `environment/info` and `process/terminate`; when the
/// script is over, everything else is refused. One connection at a time.
public final class ScriptedExecServer implements Consumer<ExecChannel> {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final List<String> script;
  private final List<ExecMessage.Request> asked = new CopyOnWriteArrayList<>();

  // Confined to the thread of the connection, and there is one at a time.
  private final List<ProcessRead.Chunk> retained = new ArrayList<>();
  private String processId = "";
  private int next;

  public ScriptedExecServer(List<String> script) {
    this.script = List.copyOf(script);
  }

  /// What was asked so far, in order.
  public List<ExecMessage.Request> asked() {
    return List.copyOf(asked);
  }

  /// Waits until something has been asked at least so often.
  public void await(String method, int times) {
    long endBy = System.nanoTime() + LIMIT.toNanos();
    while (asked.stream().filter(request -> request.method().equals(method)).count() < times) {
      if (System.nanoTime() - endBy > 0) {
        throw new AssertionError("not asked " + times + " times: " + method + ", but " + asked);
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Override
  public void accept(ExecChannel channel) {
    try {
      ExecMessage.@Nullable Request current = null;
      while (next < script.size()) {
        String[] words = script.get(next).split(" ", 3);
        next++;
        switch (words[0]) {
          case "on" -> current = until(words[1], channel);
          case "cut" -> {
            return;
          }
          default -> act(words, Objects.requireNonNull(current, "no `on` yet"), channel);
        }
      }
      until("", channel);
    } catch (IOException gone) {
      // The client has what it wanted.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void act(String[] words, ExecMessage.Request request, ExecChannel channel)
      throws IOException, InterruptedException {
    switch (words[0]) {
      case "started" -> {
        processId = request.params().as(ProcessStart.class).processId();
        answer(request, new ProcessStart.Result(processId, "none"), channel);
      }
      case "greet" -> answerAsUsual(request, channel);
      case "refuse" ->
          send(
              new ExecMessage.Failure(
                  request.id(), new ExecError(Integer.parseInt(words[1]), words[2])),
              channel);
      case "out" -> out(Long.parseLong(words[1]), words[2], request, channel);
      case "kept" -> keep(Long.parseLong(words[1]), words[2]);
      case "outs" -> {
        for (long i = Long.parseLong(words[1]); i <= Long.parseLong(words[2]); i++) {
          out(i, "line " + i, request, channel);
        }
      }
      case "exited" -> {
        String[] code = words[2].split(" ", 2);
        Boolean denied = code.length == 1 ? null : Boolean.valueOf(code[1].equals("denied"));
        tell(
            "process/exited",
            new ProcessExited(
                process(request), Long.parseLong(words[1]), Integer.parseInt(code[0]), denied),
            channel);
      }
      case "closed" ->
          tell(
              "process/closed",
              new ProcessClosed(process(request), Long.parseLong(words[1])),
              channel);
      case "retained" -> retained(words, request, channel);
      default -> throw new IllegalArgumentException("not a line of a script: " + words[0]);
    }
  }

  private void out(long sequence, String text, ExecMessage.Request request, ExecChannel channel)
      throws IOException, InterruptedException {
    tell(
        "process/output",
        new ProcessOutput(process(request), sequence, Stream.STDOUT, keep(sequence, text)),
        channel);
  }

  private ByteBuffer keep(long sequence, String text) {
    ByteBuffer bytes = ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.UTF_8));
    retained.add(new ProcessRead.Chunk(sequence, Stream.STDOUT, bytes));
    return bytes;
  }

  /// Events may come before the start is answered.
  private String process(ExecMessage.Request request) {
    if (request.method().equals("process/start")) {
      processId = request.params().as(ProcessStart.class).processId();
    }
    return processId;
  }

  private void retained(String[] words, ExecMessage.Request request, ExecChannel channel)
      throws IOException, InterruptedException {
    Long after = Objects.requireNonNull(request.params().as(ProcessRead.class).afterSeq());
    List<String> rest = words.length < 3 ? List.of() : Arrays.asList(words[2].split(" "));
    Integer exitCode =
        rest.contains("exited") ? Integer.valueOf(rest.get(rest.indexOf("exited") + 1)) : null;
    answer(
        request,
        new ProcessRead.Result(
            retained.stream().filter(chunk -> chunk.seq() > after).toList(),
            Long.parseLong(words[1]),
            exitCode != null,
            exitCode,
            rest.contains("closed"),
            null,
            rest.contains("denied")),
        channel);
  }

  private ExecMessage.Request until(String method, ExecChannel channel)
      throws IOException, InterruptedException {
    while (true) {
      ByteBuffer bytes = channel.receive();
      if (bytes == null) {
        throw new IOException("the client has gone");
      }
      if (ExecCodec.decode(bytes) instanceof ExecMessage.Request request) {
        asked.add(request);
        if (request.method().equals(method)) {
          return request;
        }
        answerAsUsual(request, channel);
      }
    }
  }

  private static void answerAsUsual(ExecMessage.Request request, ExecChannel channel)
      throws IOException, InterruptedException {
    switch (request.method()) {
      case "initialize" ->
          answer(request, new Initialize.Result("session-1", Commands.withShell("bash")), channel);
      case "environment/info" -> answer(request, Commands.withShell("bash"), channel);
      case "process/terminate" -> answer(request, new ProcessTerminate.Result(false), channel);
      default ->
          send(
              new ExecMessage.Failure(
                  request.id(),
                  new ExecError(ExecError.INVALID_REQUEST, "not expected: " + request.method())),
              channel);
    }
  }

  private static void answer(ExecMessage.Request request, Record result, ExecChannel channel)
      throws IOException, InterruptedException {
    send(new ExecMessage.Answer(request.id(), Payload.of(result)), channel);
  }

  private static void tell(String method, Record params, ExecChannel channel)
      throws IOException, InterruptedException {
    send(new ExecMessage.Notification(method, Payload.of(params)), channel);
  }

  private static void send(ExecMessage message, ExecChannel channel)
      throws IOException, InterruptedException {
    channel.send(ExecCodec.encode(message));
  }
}
