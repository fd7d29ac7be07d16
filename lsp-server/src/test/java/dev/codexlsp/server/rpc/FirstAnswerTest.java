package dev.codexlsp.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FirstAnswerTest {
  @Test
  void itIsAnAnswerLikeTheRealOne() {
    assertThat(FirstAnswer.text()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":[{}]}");
  }
}
