package dev.codexlsp.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// `exec` through the real launcher: what scripts see of it, and how it ends.
class HeadlessIT extends HeadlessTest {
  private static final String COMMAND =
      """
      response
      reasoning {"summary": ["Think"]}
      message "I look."
      call {"name":"exec_command","callId":"c1","arguments":{"cmd":"printf hi; exit 3","login":false}}
      """;
  private static final String PATCH =
      """
      response
      item {"type":"custom_tool_call","id":"i","call_id":"c2","name":"apply_patch",\
      "input":"*** Begin Patch\\n*** Add File: made.txt\\n+hello\\n*** End Patch"}
      """;

  @Test
  void eventsAreLinesOfJson() throws Exception {
    HeadlessStage stage = playing(COMMAND + PATCH + ANSWER);

    HeadlessStage.Ended ended = stage.exec("", "--json", "-s", "workspace-write", "do it");

    assertThat(ended.lines())
        .containsExactly(
            """
            {"type":"thread.started","thread_id":"ID","events_version":1}\
            """,
            """
            {"type":"turn.started"}\
            """,
            """
            {"type":"item.completed","item":{"id":"item_0","type":"reasoning","text":"Think"}}\
            """,
            """
            {"type":"item.completed","item":{"id":"item_1","type":"agent_message",\
            "text":"I look."}}\
            """,
            """
            {"type":"item.started","item":{"id":"item_2","type":"command_execution",\
            "command":"/bin/bash -c 'printf hi; exit 3'","aggregated_output":"",\
            "exit_code":null,"status":"in_progress"}}\
            """,
            """
            {"type":"item.completed","item":{"id":"item_2","type":"command_execution",\
            "command":"/bin/bash -c 'printf hi; exit 3'","aggregated_output":"hi",\
            "exit_code":3,"status":"failed"}}\
            """,
            """
            {"type":"item.started","item":{"id":"item_3","type":"file_change",\
            "changes":[{"path":"%1$s/made.txt","kind":"add"}],"status":"in_progress"}}\
            """
                .formatted(stage.work()),
            """
            {"type":"item.completed","item":{"id":"item_3","type":"file_change",\
            "changes":[{"path":"%1$s/made.txt","kind":"add"}],"status":"completed"}}\
            """
                .formatted(stage.work()),
            """
            {"type":"item.completed","item":{"id":"item_4","type":"agent_message",\
            "text":"All done."}}\
            """,
            """
            {"type":"turn.completed","usage":{"input_tokens":30,"cached_input_tokens":0,\
            "cache_write_input_tokens":0,"output_tokens":15,"reasoning_output_tokens":0}}\
            """);
    assertThat(ended.status()).isZero();
    assertThat(stage.work().resolve("made.txt")).hasContent("hello");
  }

  @Test
  void theResultAloneIsOnStandardOutput() throws Exception {
    HeadlessStage stage = playing(COMMAND + ANSWER);

    HeadlessStage.Ended ended = stage.exec("", "-o", folder.resolve("last").toString(), "do it");

    assertThat(ended)
        .extracting(HeadlessStage.Ended::out, HeadlessStage.Ended::status)
        .containsExactly("All done.\n", 0);
    assertThat(ended.err()).contains("sandbox: read-only", "agent: I look.", "exit: 3");
    assertThat(folder.resolve("last")).hasContent("All done.");
  }

  @Test
  void whatIsRefusedIsToldByTheStatus() throws Exception {
    HeadlessStage stage = playing(PATCH + ANSWER);

    HeadlessStage.Ended ended = stage.exec("", "do it");

    assertThat(ended)
        .extracting(HeadlessStage.Ended::out, HeadlessStage.Ended::status)
        .containsExactly("All done.\n", 3);
    assertThat(ended.err()).contains("file refused: " + stage.work().resolve("made.txt"));
    assertThat(stage.work().resolve("made.txt")).doesNotExist();
  }

  @Test
  void aFailedTurnIsOne() throws Exception {
    HeadlessStage stage =
        playing("response\nhttp {\"status\": 400, \"body\": \"no such model\"}\n");

    HeadlessStage.Ended ended = stage.exec("", "--json", "do it");

    assertThat(ended.lines().subList(2, 4))
        .containsExactly(
            "{\"type\":\"error\",\"message\":\"no such model\"}",
            "{\"type\":\"turn.failed\",\"error\":{\"message\":\"no such model\"}}");
    assertThat(ended.status()).isEqualTo(1);
  }

  @Test
  void theAnswerFollowsASchema() throws Exception {
    HeadlessStage stage = playing(ANSWER);
    Path schema = Files.writeString(folder.resolve("schema.json"), "{\"type\": \"object\"}");

    HeadlessStage.Ended ended = stage.exec("", "--output-schema", schema.toString(), "do it");

    assertThat(ended.status()).as(ended.err()).isZero();
    assertThat(stage.model().calls().getLast().body().getAsJsonObject("text").get("format"))
        .isEqualTo(
            JsonParser.parseString(
                """
                {"type":"json_schema","strict":true,"schema":{"type":"object"},
                 "name":"codex_output_schema"}\
                """));
  }

  static Stream<Arguments> prompts() {
    return Stream.of(
        Arguments.of("", "ask", "ask"),
        Arguments.of("piped\n", "ask", "ask\n\n<stdin>\npiped\n</stdin>"),
        Arguments.of("piped\n", "-", "piped\n"),
        Arguments.of("Grüße\n", null, "Grüße\n"));
  }

  @ParameterizedTest
  @MethodSource("prompts")
  void thePromptComesFromBothSides(String input, String argument, String expected)
      throws Exception {
    HeadlessStage stage = playing(ANSWER);

    HeadlessStage.Ended ended = argument == null ? stage.exec(input) : stage.exec(input, argument);

    assertThat(ended.status()).as(ended.err()).isZero();
    assertThat(stage.lastWords()).isEqualTo(expected);
  }

  @Test
  void aThreadGoesOn() throws Exception {
    HeadlessStage stage = playing(ANSWER + ANSWER + ANSWER);
    HeadlessStage.Ended first = stage.exec("", "--json", "one");
    String id =
        JsonParser.parseString(first.out().lines().findFirst().orElseThrow())
            .getAsJsonObject()
            .get("thread_id")
            .getAsString();

    HeadlessStage.Ended byId = stage.exec("", "resume", "--json", id, "two");
    HeadlessStage.Ended last = stage.exec("", "resume", "--json", "--last", "three");

    assertThat(byId.out()).contains(id).contains("\"input_tokens\":20");
    assertThat(last.out()).contains(id).contains("\"input_tokens\":30");
    assertThat(stage.model().calls().getLast().body().get("input").toString())
        .containsSubsequence("\"one\"", "All done.", "\"two\"", "All done.", "\"three\"");
  }
}
