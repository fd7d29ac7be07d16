package dev.codexlsp.exec.server;

import static dev.codexlsp.exec.server.FakeClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.codexlsp.exec.Run;
import dev.codexlsp.exec.server.ExecObserver.Completion;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Sessions that outlive their connections, and processes that can be read after their end.
class ServedSessionsTest {
  private static final Duration LONG = Duration.ofSeconds(80);

  private final FakePlace place = new FakePlace();
  private final FakeObserver observer = new FakeObserver();
  private ExecServer server = place.server(observer);

  @AfterEach
  void close() {
    server.close();
  }

  private static ExecServer.Limits limits(
      Duration detachedTtl, Duration retention, Duration heldOutput) {
    return new ExecServer.Limits(1, detachedTtl, retention, heldOutput);
  }

  @Test
  void aSessionCanBeResumedAndMissedOutputRead() throws Exception {
    FakeClient client = FakeClient.of(server);
    String session = client.handshake(null);
    FakeProcess process = place.start(client, "p");
    process.output("heard");
    client.notification("process/output");
    client.ask("process/read", "{'processId':'p','afterSeq':1,'waitMs':60000}");
    client.call("environment/status", "{}");
    client.cut();
    observer.await("process/read DISCONNECTED");
    process.output("missed");
    process.awaitTaken();

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

  @Test
  void aSessionBelongsToOneConnectionAndIdsToOneSession() throws Exception {
    FakeClient client = FakeClient.of(server);
    String session = client.handshake(null);
    place.start(client, "p");
    FakeClient other = FakeClient.of(server);
    assertThat(other.call("initialize", "{'clientName':'x','resumeSessionId':'" + session + "'}"))
        .isEqualTo(
            json(
                "{'code':-32010,'message':'session "
                    + session
                    + " is already attached to another connection'}"));
    other.handshake(null);
    place.start(other, "p");
    assertThat(client.call("process/start", FakePlace.start("p")))
        .isEqualTo(json("{'code':-32600,'message':'process p already exists'}"));
  }

  @Test
  void aSessionThatNobodyComesBackToEndsWithItsProcesses() throws Exception {
    server.close();
    server = place.server(limits(Duration.ofMillis(700), LONG, LONG), observer);
    FakeClient client = FakeClient.of(server);
    String session = client.handshake(null);
    FakeProcess process = place.start(client, "p");
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
    Run.await("it hears of it", () -> !process.calls.isEmpty());
    assertThat(process.calls).containsExactly("terminate");
  }

  @Test
  void aClosedProcessIsForgottenAfterAWhile() throws Exception {
    server.close();
    server = place.server(limits(LONG, Duration.ofMillis(150), LONG), observer);
    FakeClient client = FakeClient.ready(server);
    FakeProcess process = place.start(client, "p");
    process.end(0);
    client.notification("process/closed");
    assertThat(client.call("process/start", FakePlace.start("p")))
        .isEqualTo(json("{'code':-32600,'message':'process p already exists'}"));
    JsonObject gone = json("{'code':-32600,'message':'unknown process id p'}").getAsJsonObject();
    long endBy = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!client.call("process/read", "{'processId':'p'}").equals(gone)) {
      assertThat(System.nanoTime()).isLessThan(endBy);
      Thread.onSpinWait();
    }
    place.start(client, "p");
  }

  /// A background child that goes on printing does not keep it open.
  @Test
  void anExitedProcessWhoseOutputIsHeldIsClosedAfterAWhile() throws Exception {
    server.close();
    server = place.server(limits(LONG, Duration.ofMillis(150), Duration.ofMillis(300)), observer);
    FakeClient client = FakeClient.ready(server);
    FakeProcess process = place.start(client, "p");
    process.exit(3);
    process.output("late");
    assertThat(client.notification("process/output").get("seq").getAsInt()).isEqualTo(2);

    assertThat(client.notification("process/closed")).isEqualTo(json("{'processId':'p','seq':3}"));
    assertThat(client.call("process/read", "{'processId':'p','afterSeq':2}"))
        .isEqualTo(
            json(
                """
                {'chunks':[],'nextSeq':4,'exited':true,'exitCode':3,'closed':true,
                 'failure':null,'sandboxDenied':false}\
                """));
    process.output("not told any more");
    process.awaitTaken();
    JsonObject gone = json("{'code':-32600,'message':'unknown process id p'}").getAsJsonObject();
    while (!client.call("process/read", "{'processId':'p'}").equals(gone)) {
      Thread.onSpinWait();
    }
    assertThat(client.receive(50)).isNull();
    assertThat(process.calls).isEmpty();
    assertThat(observer.completions).containsExactly(Completion.ERROR);
  }
}
