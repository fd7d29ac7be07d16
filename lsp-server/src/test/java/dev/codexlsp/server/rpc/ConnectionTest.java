package dev.codexlsp.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.junit.jupiter.api.Test;

class ConnectionTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final FakeHandlers handlers = new FakeHandlers();

  private Connection connection(InputStream in) {
    return new Connection(in, out, (value, writer) -> writer.value(value.toString()));
  }

  private static InputStream frames(String... bodies) {
    StringBuilder all = new StringBuilder();
    for (String body : bodies) {
      String json = body.replace('\'', '"');
      all.append("Content-Length: ").append(json.length()).append("\r\n\r\n").append(json);
    }
    return new ByteArrayInputStream(all.toString().getBytes(StandardCharsets.US_ASCII));
  }

  /// The bodies of all frames that were sent.
  private static List<String> sent(byte[] bytes) {
    List<String> bodies = new ArrayList<>();
    for (String part :
        new String(bytes, StandardCharsets.UTF_8).split("Content-Length: \\d+\r\n\r\n", -1)) {
      if (!part.isEmpty()) {
        bodies.add(part.replace('"', '\''));
      }
    }
    return bodies;
  }

  private List<String> exchange(String... received) {
    connection(frames(received)).listen(handlers);
    return sent(out.toByteArray());
  }

  @Test
  void answersRequestsAndPassesNotifications() {
    assertThat(
            exchange(
                "{'id':1,'method':'a'}",
                "{'method':'n','params':{'x':1}}",
                "{'jsonrpc':'2.0','id':'two','method':'b'}",
                "{'id':3.5,'method':'c'}"))
        .containsExactly(
            "{'jsonrpc':'2.0','id':1,'result':'a'}",
            "{'jsonrpc':'2.0','id':'two','result':'b'}",
            "{'jsonrpc':'2.0','id':3.5,'result':'c'}");
    assertThat(handlers.notifications).containsExactly("n {\"x\":1}");
  }

  @Test
  void refusalsAreToldAndBugsAreNot() {
    handlers.answer =
        method ->
            switch (method) {
              case "thrown refusal" -> throw Refusal.invalidRequest("no such thing");
              case "late refusal" -> CompletableFuture.failedFuture(Refusal.notInitialized());
              case "wrapped" ->
                  CompletableFuture.completedFuture(method)
                      .thenApply(x -> {
                        throw Refusal.methodNotFound(x);
                      });
              case "told" ->
                  CompletableFuture.failedFuture(
                      new ResponseErrorException(new ResponseError(-32001, "busy", "later")));
              case "thrown bug" -> throw new IllegalStateException("secret");
              case "error" -> throw new StackOverflowError("secret");
              default -> CompletableFuture.failedFuture(new IllegalStateException("secret"));
            };
    assertThat(
            exchange(
                "{'id':1,'method':'thrown refusal'}",
                "{'id':2,'method':'late refusal'}",
                "{'id':3,'method':'wrapped'}",
                "{'id':4,'method':'told'}",
                "{'id':5,'method':'thrown bug'}",
                "{'id':6,'method':'error'}",
                "{'id':7,'method':'late bug'}"))
        .containsExactly(
            "{'jsonrpc':'2.0','id':1,'error':{'code':-32600,'message':'no such thing'}}",
            "{'jsonrpc':'2.0','id':2,'error':{'code':-32002,'message':'Not initialized'}}",
            "{'jsonrpc':'2.0','id':3,'error':{'code':-32601,'message':'unknown method `wrapped`'}}",
            "{'jsonrpc':'2.0','id':4,'error':{'code':-32001,'message':'busy','data':'later'}}",
            "{'jsonrpc':'2.0','id':5,'error':{'code':-32603,'message':'internal error'}}",
            "{'jsonrpc':'2.0','id':6,'error':{'code':-32603,'message':'internal error'}}",
            "{'jsonrpc':'2.0','id':7,'error':{'code':-32603,'message':'internal error'}}");
  }

  @Test
  void cancelsExactlyTheNamedRequest() {
    List<CompletableFuture<String>> running = new ArrayList<>();
    handlers.answer =
        method -> {
          CompletableFuture<String> future = new CompletableFuture<>();
          running.add(future);
          return future;
        };
    assertThat(
            exchange(
                "{'id':1,'method':'a'}",
                "{'id':'1x','method':'b'}",
                "{'method':'$/cancelRequest','params':{'id':'1x'}}",
                "{'method':'$/cancelRequest','params':{'id':99}}",
                "{'method':'$/cancelRequest'}"))
        .containsExactly(
            "{'jsonrpc':'2.0','id':'1x','error':{'code':-32800,'message':"
                + "'The request (id: 1x, method: 'b') has been cancelled'}}");
    assertThat(running.get(0)).isNotDone();
    assertThat(running.get(1).complete("too late")).isFalse();
  }

  @Test
  void refusesAClientThatNeverWaits() {
    List<CompletableFuture<String>> running = new ArrayList<>();
    handlers.answer =
        method -> {
          running.add(new CompletableFuture<>());
          return running.getLast();
        };
    List<String> messages = new ArrayList<>();
    for (int id = 0; id <= Connection.UNANSWERED_LIMIT; id++) {
      messages.add("{'id':%d,'method':'a'}".formatted(id));
    }
    assertThat(exchange(messages.toArray(String[]::new)))
        .containsExactly(
            "{'jsonrpc':'2.0','id':512,'error':"
                + "{'code':-32001,'message':'Server overloaded; retry later.'}}");
    assertThat(running).hasSize(Connection.UNANSWERED_LIMIT);
  }

  /// The owner thread answers and notifies as fast as it can; the hand-off alone keeps the order.
  @Test
  void aResponseNeverComesAfterWhatFollowsIt() throws Exception {
    int turns = 10_000;
    BlockingQueue<Runnable> mailbox = new LinkedBlockingQueue<>();
    Runnable stop = () -> {};
    Thread owner = Thread.ofVirtual().start(() -> runUntil(stop, mailbox));
    String[] requests =
        IntStream.range(0, turns)
            .mapToObj("{'id':%d,'method':'turn/start'}"::formatted)
            .toArray(String[]::new);
    Connection connection = connection(frames(requests));
    int[] started = {0};
    // Here the reader waits, in place of a client that waits for some of its answers.
    Semaphore unanswered = new Semaphore(Connection.UNANSWERED_LIMIT / 2);
    handlers.answer =
        method -> {
          unanswered.acquireUninterruptibly();
          CompletableFuture<String> reply = new CompletableFuture<>();
          int turn = started[0]++;
          connection
              .handOff()
              .post(() ->
                  mailbox.add(() -> {
                    reply.complete("turn " + turn);
                    connection.client().notify("turn/started", turn);
                    unanswered.release();
                  }));
          return reply;
        };
    connection.listen(handlers);
    mailbox.add(stop);
    owner.join();
    List<String> expected = new ArrayList<>();
    for (int turn = 0; turn < turns; turn++) {
      expected.add("{'jsonrpc':'2.0','id':%d,'result':'turn %d'}".formatted(turn, turn));
      expected.add("{'jsonrpc':'2.0','method':'turn/started','params':'%d'}".formatted(turn));
    }
    assertThat(sent(out.toByteArray())).isEqualTo(expected);
  }

  private static void runUntil(Runnable stop, BlockingQueue<Runnable> mailbox) {
    try {
      for (Runnable task = mailbox.take(); !task.equals(stop); task = mailbox.take()) {
        task.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void asksTheClient() {
    Connection connection =
        connection(
            frames(
                "{'id':0,'result':{'decision':'accept'}}",
                "{'id':1,'result':null}",
                "{'id':2,'error':{'code':-32601,'message':'no'}}",
                "{'id':3,'error':'garbage'}",
                "{'id':0,'result':'again'}",
                "{'id':77,'result':'for nobody'}",
                "{'id':null,'error':{'code':-32700,'message':'what?'}}"));
    connection.openRequests();
    List<CompletableFuture<JsonElement>> answers = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      SentRequest request = connection.client().send("ask", i);
      assertThat(request.id()).isEqualTo(i);
      answers.add(request.answer());
    }
    connection.listen(handlers);
    assertThat(answers.get(0).join())
        .isEqualTo(JsonParser.parseString("{\"decision\":\"accept\"}"));
    assertThat(answers.get(1).join().isJsonNull()).isTrue();
    assertThatThrownBy(answers.get(2)::join)
        .hasCause(new ResponseErrorException(new ResponseError(-32601, "no", null)));
    assertThatThrownBy(answers.get(3)::join).hasCauseInstanceOf(ResponseErrorException.class);
    assertThat(answers.get(4)).isNotDone();
    assertThat(sent(out.toByteArray()))
        .hasSize(5)
        .startsWith("{'jsonrpc':'2.0','id':0,'method':'ask','params':'0'}");
  }

  @Test
  void aWithdrawnQuestionIsCancelledOnceAndItsAnswerIgnored() {
    Connection connection = connection(frames("{'id':0,'result':'late'}"));
    connection.openRequests();
    SentRequest request = connection.client().send("ask", "x");
    request.withdraw();
    request.withdraw();
    connection.listen(handlers);
    assertThatThrownBy(() -> request.answer().join())
        .hasCauseInstanceOf(CancellationException.class);
    assertThat(sent(out.toByteArray()))
        .containsExactly(
            "{'jsonrpc':'2.0','id':0,'method':'ask','params':'x'}",
            "{'jsonrpc':'2.0','method':'$/cancelRequest','params':{'id':0}}");
  }

  @Test
  void aClientThatCannotBeWrittenToFailsQuestionsAndDropsTheRest() throws Exception {
    OutputStream broken = mock(OutputStream.class);
    doThrow(new IOException("Broken pipe")).when(broken).write(any(byte[].class));
    Connection connection =
        new Connection(
            frames("{'id':1,'method':'a'}", "{'method':'n','params':{}}"),
            broken,
            (value, writer) -> writer.value(value.toString()));
    connection.openRequests();
    connection.client().notify("told", "x");
    assertThatThrownBy(() -> connection.client().send("ask", "x").answer().join())
        .hasRootCauseMessage("the client's stream is closed");
    connection.listen(handlers);
    assertThat(handlers.notifications).containsExactly("n {}");
  }

  @Test
  void aNotificationThatCannotBeRenderedHarmsNobody() {
    Connection connection =
        new Connection(
            frames("{'id':1,'method':'a'}"),
            out,
            (value, writer) -> {
              if (value.equals("bad")) {
                throw new IllegalStateException("cannot render");
              }
              writer.value(value.toString());
            });
    connection.client().notify("told", "bad");
    connection.listen(handlers);
    assertThat(sent(out.toByteArray())).containsExactly("{'jsonrpc':'2.0','id':1,'result':'a'}");
  }

  @Test
  void aResultThatCannotBeRenderedIsAnInternalError() {
    Connection connection =
        new Connection(
            frames("{'id':1,'method':'a'}"),
            out,
            (value, writer) -> {
              throw new IllegalStateException("cannot render");
            });
    connection.listen(handlers);
    assertThat(sent(out.toByteArray()))
        .containsExactly(
            "{'jsonrpc':'2.0','id':1,'error':{'code':-32603,'message':'internal error'}}");
  }

  @Test
  void whatWasHandedOverRunsInOrderAndOnlyOnTheReader() throws Exception {
    List<String> ran = new ArrayList<>();
    HandOff handOff = new HandOff();
    handOff.post(() -> ran.add("first"));
    handOff.post(() -> {
      throw new IllegalStateException("a bug");
    });
    handOff.post(() -> ran.add("third"));
    handOff.run();
    assertThat(ran).containsExactly("first", "third");
    CompletableFuture<Void> elsewhere = CompletableFuture.runAsync(() -> handOff.post(() -> {}));
    assertThatThrownBy(() -> elsewhere.get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(IllegalStateException.class);
  }
}
