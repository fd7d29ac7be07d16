package dev.codexlsp.exec.server;

import static dev.codexlsp.exec.server.FakeClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.codexlsp.exec.ExecException;
import dev.codexlsp.exec.ProcessSpec;
import dev.codexlsp.exec.Stdio;
import dev.codexlsp.exec.TerminalSize;
import dev.codexlsp.exec.server.ExecObserver.Completion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a server does with processes that do what the test says; the conversations show it with
/// real ones.
class ExecServerTest {
  private static final ExecServer.Facts FACTS =
      new ExecServer.Facts("1.2.3", Map.of("HOME", "/home/me", "TMPDIR", "/scratch"));

  private final FakePlace place = new FakePlace();
  private final FakeObserver observer = new FakeObserver();
  private ExecServer server = server(1, Duration.ofSeconds(80), Duration.ofSeconds(80));

  private ExecServer server(int concurrentRequests, Duration detachedTtl, Duration retention) {
    return new ExecServer(
        place, FACTS, new ExecServer.Limits(concurrentRequests, detachedTtl, retention), observer);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private static String start(String id) {
    return "{'processId':'" + id + "','argv':['x','y'],'cwd':'file:///w','env':{},'tty':false}";
  }

  private FakeProcess started() throws InterruptedException {
    FakeProcess process = place.started.poll(20, TimeUnit.SECONDS);
    assertThat(process).isNotNull();
    return process;
  }

  private FakeProcess start(FakeClient client, String id) throws InterruptedException {
    assertThat(client.call("process/start", start(id)))
        .isEqualTo(json("{'processId':'" + id + "','sandboxType':'none'}"));
    return started();
  }

  @Test
  void introducesThePlace() throws Exception {
    FakeClient client = FakeClient.of(server);
    JsonObject result =
        client.call("initialize", "{'clientName':'codex-environment'}").getAsJsonObject();
    assertThat(result.remove("sessionId").getAsString())
        .matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    String info =
        """
        {'shell':{'name':'bash','path':'/bin/bash'},'executorVersion':'1.2.3',
         'providerId':null,'cwd':'file:///work%20dir','userHomeDir':'file:///home/me',
         'platformOs':'linux','prependPathDirs':[],'temporaryDirectories':[],
         'tempDir':'file:///scratch','capabilities':
         {'httpHeaderEnvVars':true,'fileWriteStreaming':true,'processResize':true}}
        """;
    assertThat(result).isEqualTo(json("{'environmentInfo':" + info + "}"));
    client.send("{'method':'initialized'}");
    assertThat(client.call("environment/info", "null")).isEqualTo(json(info));
    assertThat(client.call("environment/status", "{}")).isEqualTo(json("{'status':'ready'}"));
  }

  @Test
  void theAnswerComesFirstAndTheEventsInOrder() throws Exception {
    FakeClient client = FakeClient.ready(server);
    for (int round = 0; round < 200; round++) {
      String id = "p" + round;
      place.starting = spec -> {};
      long request = client.ask("process/start", start(id));
      FakeProcess process = started();
      process.output("a");
      process.exit(3);
      process.output("b");
      process.close();
      assertThat(client.next())
          .isEqualTo(
              json(
                  "{'id':"
                      + request
                      + ",'result':{'processId':'"
                      + id
                      + "','sandboxType':'none'}}"));
      assertThat(List.of(client.next(), client.next(), client.next(), client.next()))
          .containsExactly(
              output(id, 1, "YQ=="),
              json("{'method':'process/exited','params':{'processId':'"
                      + id
                      + "','seq':2,'exitCode':3,'sandboxDenied':false}}")
                  .getAsJsonObject(),
              output(id, 3, "Yg=="),
              json("{'method':'process/closed','params':{'processId':'" + id + "','seq':4}}")
                  .getAsJsonObject());
    }
  }

  private static JsonObject output(String id, int sequence, String chunk) {
    return json("{'method':'process/output','params':{'processId':'%s','seq':%d,'stream':'stdout','chunk':'%s'}}"
            .formatted(id, sequence, chunk))
        .getAsJsonObject();
  }

  @Test
  void aProcessGetsWhatWasAskedFor() throws Exception {
    FakeClient client = FakeClient.ready(server);
    start(client, "plain");
    client.call(
        "process/start",
        "{'processId':'tty','argv':['x'],'cwd':'file:///w','env':{'A':'1'},'tty':true,'arg0':'z'}");
    client.call(
        "process/start",
        """
        {'processId':'pipe','argv':['x'],'cwd':'file:///w','env':{'SHELL':'/s'},'tty':false,
         'pipeStdin':true,'envPolicy':{'inherit':'all','ignoreDefaultExcludes':true,
         'exclude':['T*'],'set':{},'includeOnly':[]}}\
        """);
    Path directory = Path.of("/w");
    assertThat(place.specs)
        .containsExactly(
            new ProcessSpec(List.of("x", "y"), directory, Map.of()),
            new ProcessSpec(
                List.of("x"),
                "z",
                directory,
                Map.of("A", "1", "SHELL", "/bin/bash"),
                new Stdio.Terminal(TerminalSize.DEFAULT)),
            new ProcessSpec(
                List.of("x"),
                null,
                directory,
                Map.of("HOME", "/home/me", "SHELL", "/s"),
                new Stdio.Pipes(true)));
  }

  @Test
  void signalsAndSizesArePassedOnAndNeverRefused() throws Exception {
    FakeClient client = FakeClient.ready(server);
    FakeProcess process = start(client, "p");
    for (String id : List.of("p", "unknown")) {
      String target = "{'processId':'" + id + "',";
      assertThat(client.call("process/signal", target + "'signal':'interrupt'}"))
          .isEqualTo(json("{}"));
      assertThat(client.call("process/resize", target + "'rows':5,'columns':7}"))
          .isEqualTo(json("{}"));
    }
    assertThat(process.calls).containsExactly("interrupt", "resize 5 x 7");
  }

  @Test
  void terminationAnswersAtOnceAndReachesWhatIsNotClosed() throws Exception {
    FakeClient client = FakeClient.ready(server);
    FakeProcess process = start(client, "p");
    process.obedient = false;
    String target = "{'processId':'p'}";
    assertThat(client.call("process/terminate", target)).isEqualTo(json("{'running':true}"));
    process.exit(143);
    client.notification("process/exited");
    assertThat(client.call("process/terminate", target)).isEqualTo(json("{'running':false}"));
    process.close();
    client.notification("process/closed");
    assertThat(client.call("process/terminate", target)).isEqualTo(json("{'running':false}"));
    assertThat(process.calls).containsExactly("terminate", "terminate");
    assertThat(observer.completions).containsExactly(Completion.TERMINATED);
  }

  @Test
  void aWaitingReadHoldsNobodyUp() throws Exception {
    FakeClient client = FakeClient.ready(server);
    FakeProcess process = start(client, "p");
    long waiting = client.ask("process/read", "{'processId':'p','waitMs':60000}");
    long first = client.ask("environment/status", "{}");
    long second = client.ask("process/read", "{'processId':'p'}");
    assertThat(client.next().get("id").getAsLong()).isEqualTo(first);
    assertThat(client.next().get("id").getAsLong()).isEqualTo(second);
    process.output("now");
    assertThat(client.answer(waiting))
        .isEqualTo(
            json(
                """
                {'chunks':[{'seq':1,'stream':'stdout','chunk':'bm93'}],'nextSeq':2,'exited':false,
                 'exitCode':null,'closed':false,'failure':null,'sandboxDenied':false}\
                """));
  }

  @Test
  void tooManyWaitingReadsHoldTheOthersUpUntilOneIsAnswered() throws Exception {
    FakeClient client = FakeClient.ready(server);
    FakeProcess process = start(client, "p");
    for (int i = 0; i <= ExecConnection.WAITING_LIMIT; i++) {
      client.ask("process/read", "{'processId':'p','waitMs':60000}");
    }
    long last = client.ask("environment/status", "{}");
    assertThat(client.receive(100)).isNull();
    process.end(0);
    assertThat(client.answer(last)).isEqualTo(json("{'status':'ready'}"));
  }

  @Test
  void requestsAreHandledInOrderUnlessTheServerMayDoMoreAtOnce() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    place.starting = spec -> release.await();
    FakeClient client = FakeClient.ready(server);
    long slow = client.ask("process/start", start("slow"));
    long quick = client.ask("environment/status", "{}");
    assertThat(client.receive(100)).isNull();
    release.countDown();
    assertThat(client.next().get("id").getAsLong()).isEqualTo(slow);
    assertThat(client.next().get("id").getAsLong()).isEqualTo(quick);

    server.close();
    server = server(2, Duration.ofSeconds(80), Duration.ofSeconds(80));
    CountDownLatch later = new CountDownLatch(1);
    place.starting = spec -> later.await();
    FakeClient other = FakeClient.ready(server);
    slow = other.ask("process/start", start("slow"));
    quick = other.ask("environment/status", "{}");
    assertThat(other.next().get("id").getAsLong()).isEqualTo(quick);
    later.countDown();
    assertThat(other.next().get("id").getAsLong()).isEqualTo(slow);
  }

  @Test
  void aFailedStartLeavesNothing() throws Exception {
    FakeClient client = FakeClient.ready(server);
    place.starting =
        spec -> {
          throw new ExecException("program not found: x");
        };
    assertThat(client.call("process/start", start("p")))
        .isEqualTo(json("{'code':-32603,'message':'program not found: x'}"));
    place.starting =
        spec -> {
          throw new IllegalStateException("a bug");
        };
    assertThat(client.call("process/start", start("p")))
        .isEqualTo(json("{'code':-32603,'message':'internal error'}"));
    place.starting = spec -> {};
    start(client, "p").end(0);
    client.notification("process/closed");
    assertThat(observer.heard)
        .containsExactly(
            "connected STDIO",
            "initialize SUCCESS",
            "failed p",
            "process/start ERROR",
            "failed p",
            "process/start ERROR",
            "started p",
            "process/start SUCCESS",
            "exited p 0",
            "ended p SUCCESS");
  }

  @Test
  void aHandshakeThatFailedMayBeTriedAgain() throws Exception {
    FakeClient client = FakeClient.of(server);
    place.unknown = new ExecException("no shell");
    assertThat(client.call("initialize", "{'clientName':'x'}"))
        .isEqualTo(json("{'code':-32603,'message':'no shell'}"));
    place.unknown = null;
    client.handshake(null);
    assertThat(client.call("environment/status", "{}")).isEqualTo(json("{'status':'ready'}"));
  }

  @Test
  void aSessionCanBeResumedAndMissedOutputRead() throws Exception {
    FakeClient client = FakeClient.of(server);
    String session = client.handshake(null);
    FakeProcess process = start(client, "p");
    process.output("heard");
    client.notification("process/output");
    client.ask("process/read", "{'processId':'p','afterSeq':1,'waitMs':60000}");
    client.call("environment/status", "{}");
    client.cut();
    observer.await("process/read DISCONNECTED");
    process.output("missed");
    awaitTaken(process);

    FakeClient other = FakeClient.of(server);
    assertThat(other.handshake(session)).isEqualTo(session);
    assertThat(other.call("process/read", "{'processId':'p','afterSeq':1}"))
        .isEqualTo(
            json(
                """
                {'chunks':[{'seq':2,'stream':'stdout','chunk':'bWlzc2Vk'}],'nextSeq':3,
                 'exited':false,'exitCode':null,'closed':false,'failure':null,
                 'sandboxDenied':false}\
                """));
    process.output("heard again");
    assertThat(other.notification("process/output").get("seq").getAsInt()).isEqualTo(3);
  }

  private static void awaitTaken(FakeProcess process) {
    while (process.untaken() > 0) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aSessionBelongsToOneConnectionAndIdsToOneSession() throws Exception {
    FakeClient client = FakeClient.of(server);
    String session = client.handshake(null);
    start(client, "p");
    FakeClient other = FakeClient.of(server);
    assertThat(other.call("initialize", "{'clientName':'x','resumeSessionId':'" + session + "'}"))
        .isEqualTo(
            json(
                "{'code':-32010,'message':'session "
                    + session
                    + " is already attached to another connection'}"));
    other.handshake(null);
    start(other, "p");
    assertThat(client.call("process/start", start("p")))
        .isEqualTo(json("{'code':-32600,'message':'process p already exists'}"));
  }

  @Test
  void aSessionThatNobodyComesBackToEndsWithItsProcesses() throws Exception {
    server.close();
    server = server(1, Duration.ofMillis(700), Duration.ofSeconds(80));
    FakeClient client = FakeClient.of(server);
    String session = client.handshake(null);
    FakeProcess process = start(client, "p");
    client.cut();
    FakeClient inTime = FakeClient.of(server);
    inTime.handshake(session);
    assertThat(observer.completions.poll(1_200, TimeUnit.MILLISECONDS)).isNull();
    inTime.cut();
    assertThat(observer.completions.poll(20, TimeUnit.SECONDS)).isEqualTo(Completion.TERMINATED);
    FakeClient late = FakeClient.of(server);
    assertThat(late.call("initialize", "{'clientName':'x','resumeSessionId':'" + session + "'}"))
        .isEqualTo(json("{'code':-32600,'message':'unknown session id " + session + "'}"));
    // It is decided how the process ends before it hears of it.
    long endBy = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (process.calls.isEmpty()) {
      assertThat(System.nanoTime()).isLessThan(endBy);
      Thread.onSpinWait();
    }
    assertThat(process.calls).containsExactly("terminate");
  }

  @Test
  void aClosedProcessIsForgottenAfterAWhile() throws Exception {
    server.close();
    server = server(1, Duration.ofSeconds(80), Duration.ofMillis(150));
    FakeClient client = FakeClient.ready(server);
    FakeProcess process = start(client, "p");
    process.end(0);
    client.notification("process/closed");
    assertThat(client.call("process/start", start("p")))
        .isEqualTo(json("{'code':-32600,'message':'process p already exists'}"));
    JsonObject gone = json("{'code':-32600,'message':'unknown process id p'}").getAsJsonObject();
    long endBy = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!client.call("process/read", "{'processId':'p'}").equals(gone)) {
      assertThat(System.nanoTime()).isLessThan(endBy);
      Thread.onSpinWait();
    }
    start(client, "p");
  }

  @Test
  void aClientThatDoesNotReadHoldsItsProcessBackAndNobodyElse() throws Exception {
    MemoryWire narrow = new MemoryWire(4);
    FakeClient paused = FakeClient.of(server, narrow);
    String session = paused.handshake(null);
    FakeProcess process = start(paused, "p");
    for (int i = 0; i < 100; i++) {
      process.output("x");
    }
    long endBy = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (narrow.unread() < 4 || process.untaken() > 95) {
      assertThat(System.nanoTime()).isLessThan(endBy);
      Thread.onSpinWait();
    }
    FakeClient other = FakeClient.ready(server);
    start(other, "q").end(0);
    other.notification("process/closed");
    assertThat(process.untaken()).isEqualTo(95);
    for (int sequence = 1; sequence <= 50; sequence++) {
      assertThat(paused.notification("process/output").get("seq").getAsInt()).isEqualTo(sequence);
    }
    paused.cut();
    // Without a client nothing holds it back.
    awaitTaken(process);
    FakeClient back = FakeClient.of(server);
    back.handshake(session);
    assertThat(
            back.call("process/read", "{'processId':'p','afterSeq':99}")
                .getAsJsonObject()
                .get("nextSeq")
                .getAsInt())
        .isEqualTo(101);
  }

  @Test
  void theEndOfTheServerEndsEverything() throws Exception {
    FakeClient client = FakeClient.ready(server);
    start(client, "running").obedient = false;
    start(client, "done").end(0);
    client.notification("process/closed");
    server.close();
    client.awaitEnd();
    assertThat(place.closed).isTrue();
    assertThat(observer.heard)
        .containsOnlyOnce("ended done SUCCESS", "ended running TERMINATED", "disconnected");
    assertThat(observer.completions).hasSize(2);
    FakeClient.of(server).awaitEnd();
  }
}
