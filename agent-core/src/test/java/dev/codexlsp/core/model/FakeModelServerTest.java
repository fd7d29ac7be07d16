package dev.codexlsp.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonNull;
import com.google.gson.JsonPrimitive;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FakeModelServerTest {
  @Test
  void readsAScript() {
    String script =
        """
        # two responses
        response "go on"
          message "Hello there"

        response
          cut
        """;
    assertThat(ModelScript.parse(script))
        .containsExactly(
            new ModelScript.Response(
                "go on",
                List.of(new ModelScript.Step("message", new JsonPrimitive("Hello there")))),
            new ModelScript.Response(
                null, List.of(new ModelScript.Step("cut", JsonNull.INSTANCE))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"message \"before any response\"", "response\nmassage \"typo\""})
  void refusesWhatIsNotAScript(String script) {
    assertThatThrownBy(() -> ModelScript.parse(script))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("not a line of a model script: m");
  }

  @Test
  void saysWhenTheScriptIsExhausted() throws Exception {
    try (ModelHarness harness = new ModelHarness("response \"nobody says this\"")) {
      assertThat(harness.failure(harness.request())).hasMessage("the script is exhausted");
    }
  }

  @Test
  void aMistakeInAStepEndsTheConnection() throws Exception {
    try (ModelHarness harness = new ModelHarness("response\nmessage {}")) {
      assertThat(harness.failure(harness.request())).hasMessageContaining("/v1/responses");
    }
  }
}
