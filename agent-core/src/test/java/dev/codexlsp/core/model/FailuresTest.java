package dev.codexlsp.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.core.thread.CodexErrorInfo.Kind;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FailuresTest {
  @Test
  void hidesTheCredentialAndTheProvidersHeaders() {
    ModelProvider provider =
        ModelRequests.provider(URI.create("http://127.0.0.1:1/v1"), 0, Duration.ofSeconds(1));
    ModelRequest request =
        ModelRequests.with(
            ModelRequests.withHeaders(provider, Map.of("x-key", "another-secret", "x-a", "on")));
    ModelException failure =
        Failures.hidingSecretsOf(request)
            .last(Kind.OTHER, "on: " + ModelRequests.SECRET + ", another-secret");
    assertThat(failure).hasMessage("on: [hidden], [hidden]");
    assertThat(failure.error().message()).isEqualTo("on: [hidden], [hidden]");
  }

  @Test
  void boundsTheMessageWithoutSplittingACharacter() {
    Failures failures = new Failures(List.of());
    String longest = "x".repeat(Failures.MESSAGE_LIMIT);
    assertThat(failures.last(Kind.OTHER, longest)).hasMessage(longest);
    assertThat(failures.last(Kind.OTHER, longest + "x"))
        .hasMessage("x".repeat(Failures.MESSAGE_LIMIT - 1) + "…");
    assertThat(failures.last(Kind.OTHER, "x".repeat(Failures.MESSAGE_LIMIT - 2) + "😀😀"))
        .hasMessage("x".repeat(Failures.MESSAGE_LIMIT - 2) + "…");
  }
}
