package dev.codexlsp.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestBodyTest {
  private static final ModelProvider PROVIDER =
      ModelRequests.provider(URI.create("http://127.0.0.1:1/v1"), 0, Duration.ofSeconds(1));

  @Test
  void everythingThatIsSaidOfAKnownModel() {
    assertThat(RequestBody.render(ModelRequests.with(PROVIDER)))
        .isEqualTo(
            oneLine(
                """
                {"model":"gpt-5.5","stream":true,"input":[
                {"type":"message","role":"developer","content":[
                {"type":"input_text","text":"Be <kind> & \\"short\\"."}]},
                {"type":"message","role":"user","content":[
                {"type":"input_text","text":"héllo €"}]}],
                "tools":[{"type":"function","name":"exec_command"}],
                "tool_choice":"auto","parallel_tool_calls":true,
                "reasoning":{"effort":"medium"},
                "store":false,"include":["reasoning.encrypted_content"],
                "prompt_cache_key":"01a1fc40-7349-7731-9626-01facaa2ae8c",
                "text":{"verbosity":"low"},
                "client_metadata":{
                "session_id":"01a1fc40-7349-7731-9626-01facaa2ae8c",
                "thread_id":"01a1fc40-7349-7731-9626-01facaa2ae8c",
                "turn_id":"01a1fc40-7397-7af2-abca-13e0bb43cd04",
                "root_turn_id":"01a1fc40-7397-7af2-abca-13e0bb43cd04",
                "x-codex-window-id":"01a1fc40-7349-7731-9626-01facaa2ae8c:0",
                "x-codex-turn-metadata":"{
                \\"session_id\\":\\"01a1fc40-7349-7731-9626-01facaa2ae8c\\",
                \\"thread_id\\":\\"01a1fc40-7349-7731-9626-01facaa2ae8c\\",
                \\"turn_id\\":\\"01a1fc40-7397-7af2-abca-13e0bb43cd04\\",
                \\"window_id\\":\\"01a1fc40-7349-7731-9626-01facaa2ae8c:0\\",
                \\"window_number\\":0,
                \\"context_window_id\\":\\"01a1fc40-7349-7731-9626-01facaa2ae8c\\",
                \\"request_kind\\":\\"turn\\"}"}}
                """));
  }

  @Test
  void aSummaryIsAskedForWithoutToolsAndSaysWhyAndWhere() {
    ModelRequest step = ModelRequests.plain(PROVIDER);
    ContextWindow window = ContextWindow.first("w-0").next("w-1").next("w-2");
    String body =
        RequestBody.render(
            new ModelRequest(
                step.provider(),
                step.credential(),
                step.caller(),
                step.model(),
                step.manner(),
                step.input(),
                List.of(),
                new ModelRequest.Occasion(
                    window, new Purpose.Compaction(Purpose.Trigger.AUTO, Purpose.Phase.MID_TURN))));
    assertThat(body)
        .contains("\"tools\":[]", "\"parallel_tool_calls\":false")
        .contains("\"x-codex-window-id\":\"" + step.threadId() + ":2\"")
        .contains(
            "\\\"window_number\\\":2,\\\"context_window_id\\\":\\\"w-2\\\",\\\"request_kind\\\":\\\"compaction\\\","
                + "\\\"compaction\\\":{\\\"trigger\\\":\\\"auto\\\",\\\"reason\\\":\\\"context_limit\\\","
                + "\\\"implementation\\\":\\\"responses\\\",\\\"phase\\\":\\\"mid_turn\\\"}");
  }

  @Test
  void lessIsSaidOfAModelThatNobodyHasDescribed() {
    String known = RequestBody.render(ModelRequests.plain(PROVIDER));
    assertThat(known)
        .startsWith(
            oneLine(
                """
                {"model":"llama","stream":true,"input":[
                {"type":"message","role":"user","content":[{"type":"input_text","text":"hi"}]}],
                "tools":[],"tool_choice":"auto","parallel_tool_calls":true,
                "reasoning":{"summary":"auto"},"store":false,
                "include":["reasoning.encrypted_content"],
                "prompt_cache_key":"01a1fc40-7349-7731-9626-01facaa2ae8c",
                "client_metadata":{
                """));
  }

  @Test
  void itemsAreSentAsTheyCame() {
    String item =
        "{\"type\":\"new_kind\",\"encrypted_content\":null,\"n\":1.50,\"nested\":{\"a\":[{}]}}";
    ModelRequest request = ModelRequests.with(PROVIDER);
    request =
        new ModelRequest(
            PROVIDER,
            null,
            request.caller(),
            request.model(),
            request.manner(),
            List.of(new ResponseItem(ModelRequests.json(item))),
            request.tools(),
            request.occasion());
    assertThat(RequestBody.render(request)).contains("\"input\":[" + item + "]");
  }

  private static String oneLine(String text) {
    return text.replace("\n", "");
  }
}
