package dev.codexlsp.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import com.google.gson.stream.JsonWriter;
import dev.codexlsp.core.approval.Decision;
import dev.codexlsp.exec.json.WireException;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecisionAdapterTest {

  static Stream<Arguments> decisions() {
    return Stream.of(
        Arguments.of(new Decision.Accept(), "'accept'"),
        Arguments.of(new Decision.AcceptForSession(), "'acceptForSession'"),
        Arguments.of(new Decision.Decline(), "'decline'"),
        Arguments.of(new Decision.Cancel(), "'cancel'"),
        Arguments.of(
            new Decision.AcceptWithExecpolicyAmendment(List.of("git", "push")),
            "{'acceptWithExecpolicyAmendment':{'execpolicy_amendment':['git','push']}}"));
  }

  @ParameterizedTest
  @MethodSource("decisions")
  void roundTrip(Decision decision, String json) throws IOException {
    ApprovalResponse response = new ApprovalResponse(decision);
    StringWriter text = new StringWriter();
    try (JsonWriter out = new JsonWriter(text)) {
      WireGson.write(response, out);
    }
    String whole = ("{'decision':" + json + "}").replace('\'', '"');
    assertThat(text).hasToString(whole);
    assertThat(WireGson.decode(JsonParser.parseString(whole), ApprovalResponse.class))
        .isEqualTo(response);
  }

  /// Whatever is not exactly a decision must never be read as one.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'decision':null}",
        "{'decision':''}",
        "{'decision':'Accept'}",
        "{'decision':'accepted'}",
        "{'decision':true}",
        "{'decision':1}",
        "{'decision':['accept']}",
        "{'decision':{}}",
        "{'decision':{'accept':{}}}",
        "{'decision':{'acceptWithExecpolicyAmendment':{}}}",
        "{'decision':{'acceptWithExecpolicyAmendment':null}}",
        "{'decision':{'acceptWithExecpolicyAmendment':{'execpolicy_amendment':'git'}}}",
        "{'decision':{'acceptWithExecpolicyAmendment':{'execpolicy_amendment':[1]}}}",
        "{'decision':{'acceptWithExecpolicyAmendment':{'execpolicy_amendment':[null]}}}",
        "{'decision':{'acceptWithExecpolicyAmendment':{'execpolicy_amendment':[]}}}"
      })
  void nothingElseIsADecision(String json) {
    assertThatThrownBy(() ->
            WireGson.decode(
                JsonParser.parseString(json.replace('\'', '"')), ApprovalResponse.class))
        .isInstanceOf(WireException.class);
  }
}
