package dev.codexlsp.exec.server;

import static dev.codexlsp.exec.server.FakeClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.exec.Run;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Requests that wait and clients that do not read, and whom that holds up.
class ServedRequestsTest {
  private final FakePlace place = new FakePlace();
  private final FakeObserver observer = new FakeObserver();
  private ExecServer server = place.server(observer);

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void aWaitingReadHoldsNobodyUp() throws Exception {
    FakeClient client = FakeClient.ready(server);
    FakeProcess process = place.start(client, "p");
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
    FakeProcess process = place.start(client, "p");
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
    long slow = client.ask("process/start", FakePlace.start("slow"));
    long quick = client.ask("environment/status", "{}");
    assertThat(client.receive(100)).isNull();
    release.countDown();
    assertThat(client.next().get("id").getAsLong()).isEqualTo(slow);
    assertThat(client.next().get("id").getAsLong()).isEqualTo(quick);

    server.close();
    server = place.server(ExecServer.Limits.withConcurrentRequests(2), observer);
    CountDownLatch later = new CountDownLatch(1);
    place.starting = spec -> later.await();
    FakeClient other = FakeClient.ready(server);
    slow = other.ask("process/start", FakePlace.start("slow"));
    quick = other.ask("environment/status", "{}");
    assertThat(other.next().get("id").getAsLong()).isEqualTo(quick);
    later.countDown();
    assertThat(other.next().get("id").getAsLong()).isEqualTo(slow);
  }

  @Test
  void aClientThatDoesNotReadHoldsItsProcessBackAndNobodyElse() throws Exception {
    MemoryWire narrow = new MemoryWire(4);
    FakeClient paused = FakeClient.of(server, narrow);
    String session = paused.handshake(null);
    FakeProcess process = place.start(paused, "p");
    for (int i = 0; i < 100; i++) {
      process.output("x");
    }
    Run.await("it is held back", () -> narrow.unread() == 4 && process.untaken() <= 95);
    FakeClient other = FakeClient.ready(server);
    place.start(other, "q").end(0);
    other.notification("process/closed");
    assertThat(process.untaken()).isEqualTo(95);
    for (int sequence = 1; sequence <= 50; sequence++) {
      assertThat(paused.notification("process/output").get("seq").getAsInt()).isEqualTo(sequence);
    }
    paused.cut();
    // Without a client nothing holds it back.
    process.awaitTaken();
    FakeClient back = FakeClient.of(server);
    back.handshake(session);
    assertThat(
            back.call("process/read", "{'processId':'p','afterSeq':99}")
                .getAsJsonObject()
                .get("nextSeq")
                .getAsInt())
        .isEqualTo(101);
  }
}
