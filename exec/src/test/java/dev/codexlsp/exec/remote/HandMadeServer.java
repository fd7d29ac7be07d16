package dev.codexlsp.exec.remote;

import dev.codexlsp.exec.protocol.ExecChannel;
import dev.codexlsp.exec.protocol.ExecCodec;
import dev.codexlsp.exec.protocol.ExecMessage;
import dev.codexlsp.exec.protocol.ProcessStart;
import dev.codexlsp.exec.protocol.RequestId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// An exec-server that knows only how a session is opened and resumed and how a process is started;
/// a test answers the rest, with messages written by hand.
final class HandMadeServer implements MemoryDialer {
  private final Handler handler;
  private final AtomicInteger connections = new AtomicInteger();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private volatile @Nullable ExecChannel latest;

  /// What a test does with a request.
  interface Handler {
    /// True when it has answered in its own way.
    boolean takes(Question question) throws IOException, InterruptedException;
  }

  /// A request.
  ///
  /// @param connection the number of the connection, from 1
  record Question(int connection, ExecMessage.Request request, ExecChannel channel) {

    boolean is(String method) {
      return request.method().equals(method);
    }

    String processId() {
      return request.params().as(ProcessStart.class).processId();
    }

    boolean answer(String result) throws IOException, InterruptedException {
      return say("{\"id\":" + id() + ",\"result\":" + result + "}");
    }

    boolean refuse(int code, String message) throws IOException, InterruptedException {
      return say(
          "{\"id\":%d,\"error\":{\"code\":%d,\"message\":\"%s\"}}".formatted(id(), code, message));
    }

    boolean tell(String what, String params) throws IOException, InterruptedException {
      return say("{\"method\":\"process/" + what + "\",\"params\":{" + params + "}}");
    }

    /// Ends the connection instead of an answer.
    boolean hangUp() {
      channel.close();
      return true;
    }

    private boolean say(String text) throws IOException, InterruptedException {
      channel.send(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
      return true;
    }

    private long id() {
      return ((RequestId.Numeric) request.id()).value();
    }
  }

  HandMadeServer(Handler handler) {
    this.handler = handler;
  }

  /// The answer to a read.
  ///
  /// @param chunks as JSON, without the brackets
  static String retained(String chunks, long next, boolean isOver) {
    return ("{\"chunks\":[%s],\"nextSeq\":%d,\"exited\":%b,\"exitCode\":%s,\"closed\":%b,"
            + "\"failure\":null,\"sandboxDenied\":false}")
        .formatted(chunks, next, isOver, isOver ? "0" : "null", isOver);
  }

  static String chunk(long sequence) {
    return "{\"seq\":" + sequence + ",\"stream\":\"stdout\",\"chunk\":\"YQ==\"}";
  }

  /// What was asked, each with the number of its connection: `1:initialize`.
  List<String> calls() {
    return List.copyOf(calls);
  }

  int connections() {
    return connections.get();
  }

  void cut() {
    ExecChannel channel = latest;
    if (channel != null) {
      channel.close();
    }
  }

  @Override
  public ExecChannel dial(Duration limit) {
    MemoryChannel.Pair pair = MemoryChannel.pair(() -> false);
    int number = connections.incrementAndGet();
    latest = pair.server();
    Thread.ofVirtual().name("hand-made-" + number).start(() -> serve(number, pair.server()));
    return pair.client();
  }

  private void serve(int number, MemoryChannel channel) {
    try {
      while (true) {
        ByteBuffer bytes = channel.receive();
        if (bytes != null && ExecCodec.decode(bytes) instanceof ExecMessage.Request request) {
          calls.add(number + ":" + request.method());
          Question question = new Question(number, request, channel);
          if (!handler.takes(question)) {
            answerAsUsual(question);
          }
        }
      }
    } catch (IOException cut) {
      // The end of the connection.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answerAsUsual(Question question) throws IOException, InterruptedException {
    switch (question.request().method()) {
      case "initialize" ->
          question.answer(
              "{\"sessionId\":\"s\",\"environmentInfo\":{\"shell\":{\"name\":\"sh\","
                  + "\"path\":\"/bin/sh\"},\"capabilities\":{\"processResize\":true}}}");
      case "process/start" ->
          question.answer(
              "{\"processId\":\"" + question.processId() + "\",\"sandboxType\":\"none\"}");
      case "process/terminate" -> question.answer("{\"running\":true}");
      default -> question.answer("{}");
    }
  }

  @Override
  public Duration pause(int attempts) {
    return Duration.ofMillis(50);
  }

  @Override
  public void close() {
    cut();
  }
}
