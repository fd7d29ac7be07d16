package dev.codexlsp.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestHeadersTest {
  private static final ModelProvider PROVIDER =
      ModelRequests.provider(URI.create("http://127.0.0.1:1/v1"), 0, Duration.ofSeconds(1));
  private static final String THREAD = ModelRequests.THREAD.value();

  private static final Map<String, String> IDS =
      Map.of(
          "content-type",
          "application/json",
          "accept",
          "text/event-stream",
          "session-id",
          THREAD,
          "thread-id",
          THREAD,
          "x-client-request-id",
          THREAD,
          "x-codex-window-id",
          THREAD + ":0",
          "x-codex-turn-metadata",
          ("{\"session_id\":\"%s\",\"thread_id\":\"%s\",\"turn_id\":\"%s\","
                  + "\"window_id\":\"%s:0\",\"window_number\":0,\"context_window_id\":\"%s\","
                  + "\"request_kind\":\"turn\"}")
              .formatted(THREAD, THREAD, ModelRequests.TURN, THREAD, THREAD));

  @Test
  void withCredential() {
    assertThat(RequestHeaders.of(ModelRequests.with(PROVIDER)))
        .containsAllEntriesOf(IDS)
        .containsAllEntriesOf(
            Map.of(
                "originator", "codex_lsp",
                "user-agent", "codex_lsp/0.1.0",
                "authorization", "Bearer " + ModelRequests.SECRET))
        .hasSize(IDS.size() + 3);
  }

  @Test
  void withoutCredential() {
    assertThat(RequestHeaders.of(ModelRequests.plain(PROVIDER)))
        .containsAllEntriesOf(IDS)
        .doesNotContainKey("authorization")
        .hasSize(IDS.size() + 2);
  }

  @Test
  void theProviderNamesUsAndAddsButDoesNotReplaceIdsOrCredential() {
    ModelProvider provider =
        ModelRequests.withHeaders(
            PROVIDER,
            Map.of(
                "User-Agent", "theirs",
                "Originator", "theirs too",
                "X-More", "more",
                "Authorization", "Bearer theirs",
                "Thread-Id", "another"));
    assertThat(RequestHeaders.of(ModelRequests.with(provider)))
        .containsAllEntriesOf(IDS)
        .containsEntry("user-agent", "theirs")
        .containsEntry("originator", "theirs too")
        .containsEntry("x-more", "more")
        .containsEntry("authorization", "Bearer " + ModelRequests.SECRET)
        .hasSize(IDS.size() + 4);
    assertThat(RequestHeaders.of(ModelRequests.plain(provider)))
        .containsEntry("authorization", "Bearer theirs");
  }
}
