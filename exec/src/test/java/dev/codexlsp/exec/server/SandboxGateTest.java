package dev.codexlsp.exec.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.codexlsp.exec.protocol.Payload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever might confine is refused, in one way or another.
class SandboxGateTest {
  @Test
  void letsThroughWhatConfinesNothing() {
    assertThatCode(() -> SandboxGate.check(null)).doesNotThrowAnyException();
    Payload disabled = Payload.parse("{\"permissions\":{\"type\":\"disabled\"}}");
    assertThatCode(() -> SandboxGate.check(disabled)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"managed", "external", "Disabled", "", "readOnly"})
  void refusesWhatConfines(String type) {
    Payload sandbox = Payload.parse("{\"permissions\":{\"type\":\"" + type + "\"}}");
    Refused refused = catchThrowableOfType(Refused.class, () -> SandboxGate.check(sandbox));
    assertThat(refused.error().code()).isEqualTo(-32603);
    assertThat(refused).hasMessage("sandbox unavailable");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "5",
        "false",
        "\"disabled\"",
        "{\"permissions\":null}",
        "{\"permissions\":{}}",
        "{\"permissions\":\"disabled\"}",
        "{\"permissions\":[\"disabled\"]}",
        "{\"permissions\":{\"type\":null}}",
        "{\"permissions\":{\"type\":false}}",
        "{\"permissions\":{\"type\":[\"disabled\"]}}",
      })
  void refusesWhatNobodyUnderstands(String json) {
    Refused refused =
        catchThrowableOfType(Refused.class, () -> SandboxGate.check(Payload.parse(json)));
    assertThat(refused.error().code()).isEqualTo(-32602);
    assertThat(refused.error().message()).startsWith("`sandbox`: ");
  }
}
