package dev.codexlsp.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallPairsTest {
  private static final ResponseItem WORDS = ResponseItem.message("user", "go");

  private static ResponseItem call(String type, String id) {
    return new ResponseItem(
        JsonParser.parseString("{\"type\":\"" + type + "\",\"call_id\":\"" + id + "\"}")
            .getAsJsonObject());
  }

  @Test
  void whatIsWholeStaysAsItIs() {
    ResponseItem call = call("function_call", "a");
    List<ResponseItem> history = List.of(WORDS, call, WORDS, call.answered("done"), WORDS);

    assertThat(CallPairs.whole(history)).isEqualTo(history);
  }

  @Test
  void aCallWithoutOutputGetsOneRightBehindIt() {
    ResponseItem function = call("function_call", "a");
    ResponseItem custom = call("custom_tool_call", "b");

    assertThat(CallPairs.whole(List.of(function, custom, WORDS)))
        .containsExactly(
            function, function.answered("aborted"), custom, custom.answered("aborted"), WORDS);
  }

  @Test
  void anOutputThatNobodyAskedForIsLeftOut() {
    ResponseItem call = call("function_call", "a");

    assertThat(CallPairs.whole(List.of(call.answered("early"), WORDS))).containsExactly(WORDS);
  }
}
