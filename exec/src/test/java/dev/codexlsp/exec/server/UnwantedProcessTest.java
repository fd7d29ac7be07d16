package dev.codexlsp.exec.server;

import static dev.codexlsp.exec.server.FakeClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import dev.codexlsp.exec.server.ExecObserver.Completion;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Processes that nobody wants any more, or that got lost, and what the next one by the same id
/// notices of them: nothing.
class UnwantedProcessTest {
  private static final JsonElement CANCELLED =
      json("{'code':-32600,'message':'process p start was cancelled'}");
  private static final JsonElement STARTED = json("{'processId':'p','sandboxType':'none'}");
  private static final String START =
      "{'processId':'p','argv':['x'],'cwd':'file:///w','env':{},'tty':false}";

  private final FakePlace place = new FakePlace();
  private final FakeObserver observer = new FakeObserver();
  private final ExecServer server =
      place.server(ExecServer.Limits.withConcurrentRequests(2), observer);

  @AfterEach
  void close() {
    server.close();
  }

  /// A start that is terminated while it is under way; the process ignores that for now.
  private FakeProcess cancelledStart(FakeClient client) throws InterruptedException {
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    place.starting =
        spec -> {
          reached.countDown();
          release.await();
        };
    place.obedient = false;
    long request = client.ask("process/start", START);
    reached.await();
    assertThat(client.call("process/read", "{'processId':'p'}"))
        .isEqualTo(json("{'code':-32600,'message':'process id p is starting'}"));
    assertThat(client.call("process/write", "{'processId':'p','chunk':'','writeId':'1'}"))
        .isEqualTo(json("{'status':'starting'}"));
    assertThat(client.call("process/terminate", "{'processId':'p'}"))
        .isEqualTo(json("{'running':true}"));
    release.countDown();
    assertThat(client.answer(request)).isEqualTo(CANCELLED);
    place.starting = spec -> {};
    place.obedient = true;
    FakeProcess process = place.next();
    assertThat(process.calls).containsExactly("terminate");
    return process;
  }

  @Test
  void aCancelledStartTellsNothing() throws Exception {
    FakeClient client = FakeClient.ready(server);
    FakeProcess cancelled = cancelledStart(client);
    cancelled.output("unheard");
    cancelled.end(143);
    cancelled.awaitTaken();
    assertThat(client.call("environment/status", "{}")).isEqualTo(json("{'status':'ready'}"));
    assertThat(client.receive(50)).isNull();
    assertThat(client.call("process/read", "{'processId':'p'}"))
        .isEqualTo(json("{'code':-32600,'message':'unknown process id p'}"));
    assertThat(observer.heard).noneMatch(heard -> heard.startsWith("started"));
  }

  @Test
  void aCancelledStartDoesNotEndTheNextProcessByItsId() throws Exception {
    FakeClient client = FakeClient.ready(server);
    FakeProcess cancelled = cancelledStart(client);
    assertThat(client.call("process/start", START)).isEqualTo(STARTED);
    FakeProcess next = place.next();
    cancelled.output("unheard");
    cancelled.end(0);
    cancelled.awaitTaken();
    next.output("heard");
    assertThat(client.next())
        .isEqualTo(
            json(
                "{'method':'process/output','params':{'processId':'p','seq':1,'stream':'stdout',"
                    + "'chunk':'aGVhcmQ='}}"));
    assertThat(observer.completions).isEmpty();
    assertThat(client.call("process/terminate", "{'processId':'p'}"))
        .isEqualTo(json("{'running':true}"));
    assertThat(client.notification("process/exited").get("exitCode").getAsInt()).isEqualTo(143);
    assertThat(observer.completions).containsExactly(Completion.TERMINATED);
  }

  @Test
  void theEndOfAProcessWhoseEventsGotLostIsTold() throws Exception {
    FakeClient client = FakeClient.ready(server);
    client.call("process/start", START);
    FakeProcess process = place.next();
    process.output("before");
    client.notification("process/output");
    long waiting = client.ask("process/read", "{'processId':'p','afterSeq':1,'waitMs':60000}");
    client.call("environment/status", "{}");
    process.failure = new IllegalStateException("a bug");
    process.output("wakes it");
    assertThat(client.answer(waiting))
        .isEqualTo(
            json(
                "{'chunks':[],'nextSeq':3,'exited':false,'exitCode':null,'closed':true,"
                    + "'failure':'the events of the process got lost','sandboxDenied':false}"));
    assertThat(client.notification("process/closed")).isEqualTo(json("{'processId':'p','seq':2}"));
    assertThat(process.calls).containsExactly("terminate");
    assertThat(observer.completions).containsExactly(Completion.ERROR);
  }
}
