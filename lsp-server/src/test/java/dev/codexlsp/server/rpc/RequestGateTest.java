package dev.codexlsp.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestGateTest {
  private final MessageCodec codec = new MessageCodec((value, out) -> out.value(value.toString()));
  private final List<String> sent = new ArrayList<>();
  private final RequestGate gate = new RequestGate(message -> sent.add(encode(message)));
  private final ClientEndpoint client = new ClientEndpoint(gate, new FakeHandlers());

  private String encode(org.eclipse.lsp4j.jsonrpc.messages.Message message) {
    try {
      return codec.encode(message);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void requestsWaitAndAllElsePasses() {
    client.send("first", "a");
    client.notify("told", "b");
    client.send("second", "c");
    assertThat(sent).containsExactly("{\"jsonrpc\":\"2.0\",\"method\":\"told\",\"params\":\"b\"}");
    gate.open();
    client.send("third", "d");
    assertThat(sent.subList(1, 4))
        .containsExactly(
            "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"first\",\"params\":\"a\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"second\",\"params\":\"c\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"third\",\"params\":\"d\"}");
  }

  @Test
  void aWithdrawnRequestThatNeverLeftIsForgotten() {
    SentRequest first = client.send("first", "a");
    client.send("second", "b");
    first.withdraw();
    gate.open();
    assertThat(sent)
        .containsExactly("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"second\",\"params\":\"b\"}");
    assertThat(first.answer()).isCompletedExceptionally();
  }

  @Test
  void moreThanItHoldsFails() {
    for (int i = 0; i < RequestGate.MAX_HELD; i++) {
      assertThat(client.send("held", "x").answer()).isNotDone();
    }
    assertThatThrownBy(() -> client.send("too many", "x").answer().join())
        .hasMessageContaining("256 requests already wait for `initialized`");
  }
}
