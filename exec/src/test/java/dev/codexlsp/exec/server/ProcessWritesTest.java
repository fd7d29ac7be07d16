package dev.codexlsp.exec.server;

import static dev.codexlsp.exec.server.FakeClient.json;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What clients write to processes, which read as a test wants.
class ProcessWritesTest {
  private static final JsonElement ACCEPTED = json("{'status':'accepted'}");

  private final FakePlace place = new FakePlace();
  private final ExecServer server = place.server(ExecObserver.NONE);

  @AfterEach
  void close() {
    server.close();
  }

  private FakeProcess start(FakeClient client) throws InterruptedException {
    client.call(
        "process/start",
        "{'processId':'p','argv':['x'],'cwd':'file:///w','env':{},'tty':false,'pipeStdin':true}");
    return place.next();
  }

  private static String write(String id) {
    return "{'processId':'p','chunk':'aGk=','writeId':'" + id + "'}";
  }

  private static void awaitCalls(FakeProcess process, int count) {
    long endBy = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (process.calls.size() < count) {
      assertThat(System.nanoTime()).isLessThan(endBy);
      Thread.onSpinWait();
    }
  }

  @Test
  void sameBytesWithTheSameIdAreWrittenOnce() throws Exception {
    FakeClient client = FakeClient.ready(server);
    FakeProcess process = start(client);
    for (String id : List.of("1", "2", "1", "1")) {
      assertThat(client.call("process/write", write(id))).isEqualTo(ACCEPTED);
    }
    for (int i = 0; i < InputBacklog.WRITE_ID_LIMIT - 1; i++) {
      client.call("process/write", write("more" + i));
    }
    client.call("process/write", write("2"));
    // The oldest of 4097 ids has been forgotten.
    client.call("process/write", write("1"));
    awaitCalls(process, InputBacklog.WRITE_ID_LIMIT + 2);
    assertThat(process.calls).hasSize(InputBacklog.WRITE_ID_LIMIT + 2).allMatch("write hi"::equals);
  }

  @Test
  void anEmptyIdIsRefusedButNotBeforeTheHandshake() throws Exception {
    assertThat(FakeClient.of(server).call("process/write", write("")))
        .isEqualTo(
            json(
                "{'code':-32600,'message':"
                    + "'client must call initialize before using exec methods'}"));
    assertThat(FakeClient.ready(server).call("process/write", write("")))
        .isEqualTo(json("{'code':-32602,'message':'writeId must not be empty'}"));
  }

  @Test
  void longIdsAreForgottenSooner() throws Exception {
    FakeClient client = FakeClient.ready(server);
    FakeProcess process = start(client);
    client.call("process/write", write("1"));
    client.call("process/write", write("x".repeat(InputBacklog.WRITE_ID_CHARS)));
    client.call("process/write", write("1"));
    awaitCalls(process, 3);
  }

  /// More than is accepted at once, so that the last ones wait.
  @Test
  void aProcessThatDoesNotReadHoldsNobodyElseUp() throws Exception {
    FakeClient client = FakeClient.ready(server);
    FakeProcess process = start(client);
    process.writable.drainPermits();
    List<Long> writes = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < InputBacklog.PIECE_LIMIT + 100; i++) {
      String chunk = Base64.getEncoder().encodeToString(("" + i).getBytes(US_ASCII));
      writes.add(client.ask("process/write", write("" + i).replace("aGk=", chunk)));
      expected.add("write " + i);
    }
    assertThat(client.call("environment/status", "{}")).isEqualTo(json("{'status':'ready'}"));
    assertThat(client.call("process/terminate", "{'processId':'p'}"))
        .isEqualTo(json("{'running':true}"));
    process.writable.release(writes.size());
    for (long write : writes) {
      assertThat(client.answer(write)).isEqualTo(ACCEPTED);
    }
    awaitCalls(process, writes.size() + 1);
    assertThat(process.calls).filteredOn(call -> call.startsWith("write")).isEqualTo(expected);
  }

  @Test
  void aWriteOutlivesItsConnectionAndIsNotRepeated() throws Exception {
    FakeClient client = FakeClient.of(server);
    String session = client.handshake(null);
    FakeProcess process = start(client);
    process.writable.drainPermits();
    int accepted = InputBacklog.PIECE_LIMIT + 1;
    for (int i = 0; i < accepted; i++) {
      assertThat(client.call("process/write", write("" + i))).isEqualTo(ACCEPTED);
    }
    client.ask("process/write", write("waiting"));
    client.call("environment/status", "{}");
    client.cut();
    FakeClient other = FakeClient.of(server);
    other.handshake(session);
    assertThat(other.call("process/write", write("0"))).isEqualTo(ACCEPTED);
    assertThat(other.call("process/write", write("" + (accepted - 1)))).isEqualTo(ACCEPTED);
    long again = other.ask("process/write", write("waiting"));
    assertThat(other.call("environment/status", "{}")).isEqualTo(json("{'status':'ready'}"));
    process.writable.release(accepted + 1);
    assertThat(other.answer(again)).isEqualTo(ACCEPTED);
    assertThat(other.call("process/write", write("last"))).isEqualTo(ACCEPTED);
    process.writable.release();
    awaitCalls(process, accepted + 2);
    assertThat(process.calls).isEqualTo(Collections.nCopies(accepted + 2, "write hi"));
  }
}
