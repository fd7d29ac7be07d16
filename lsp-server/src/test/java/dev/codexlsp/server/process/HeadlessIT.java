package dev.codexlsp.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.codexlsp.core.model.FakeModelServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// `exec` through the real launcher: what scripts see of it, and how it ends.
@Timeout(60)
class HeadlessIT {
  private static final String ANSWER = "response\nmessage \"All done.\"\n";
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

  @TempDir Path folder;
  private Path home;
  private Path work;
  private FakeModelServer model;

  /// How a run ended.
  private record Ended(int status, String out, String err) {
    List<String> lines() {
      return out.lines().map(line -> line.replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "ID")).toList();
    }
  }

  @BeforeEach
  void open() throws Exception {
    home = Files.createDirectories(folder.resolve("home"));
    work = Files.createDirectories(folder.resolve("work"));
    Files.createDirectories(work.resolve(".git"));
    Files.writeString(work.resolve(".git/HEAD"), "ref: refs/heads/main\n");
  }

  @AfterEach
  void close() throws Exception {
    if (model != null) {
      model.close();
    }
  }

  private void playing(String script) throws Exception {
    model = FakeModelServer.playing(script);
    Files.writeString(
        home.resolve("config.toml"),
        """
        model = "gpt-5.5"
        model_provider = "fake"
        [model_providers.fake]
        name = "Fake"
        base_url = "%s"
        request_max_retries = 0
        stream_max_retries = 0
        """
            .formatted(model.baseUrl()));
  }

  private Ended exec(String input, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(ServerProcess.LAUNCHER.toString(), "exec"));
    command.addAll(List.of(arguments));
    Path in = Files.writeString(folder.resolve("in"), input);
    return ended(
        builder(command)
            .redirectInput(in.toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .start());
  }

  private ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(work.toFile())
            .redirectError(folder.resolve("err").toFile());
    builder.environment().put("CODEX_LSP_JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("CODEX_HOME", home.toString());
    return builder;
  }

  private Ended ended(Process process) throws Exception {
    try {
      assertThat(process.waitFor(50, TimeUnit.SECONDS)).as("it ends by itself").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Ended(
        process.exitValue(),
        Files.exists(folder.resolve("out"))
            ? Files.readString(folder.resolve("out"), StandardCharsets.UTF_8)
            : "",
        Files.readString(folder.resolve("err"), StandardCharsets.UTF_8));
  }

  private String lastWords() {
    JsonObject last =
        model.calls().getLast().body().getAsJsonArray("input").asList().getLast().getAsJsonObject();
    return last.getAsJsonArray("content").get(0).getAsJsonObject().get("text").getAsString();
  }

  @Test
  void eventsAreLinesOfJson() throws Exception {
    playing(COMMAND + PATCH + ANSWER);

    Ended ended = exec("", "--json", "-s", "workspace-write", "do it");

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
                .formatted(work),
            """
            {"type":"item.completed","item":{"id":"item_3","type":"file_change",\
            "changes":[{"path":"%1$s/made.txt","kind":"add"}],"status":"completed"}}\
            """
                .formatted(work),
            """
            {"type":"item.completed","item":{"id":"item_4","type":"agent_message",\
            "text":"All done."}}\
            """,
            """
            {"type":"turn.completed","usage":{"input_tokens":30,"cached_input_tokens":0,\
            "cache_write_input_tokens":0,"output_tokens":15,"reasoning_output_tokens":0}}\
            """);
    assertThat(ended.status()).isZero();
    assertThat(work.resolve("made.txt")).hasContent("hello");
  }

  @Test
  void theResultAloneIsOnStandardOutput() throws Exception {
    playing(COMMAND + ANSWER);

    Ended ended = exec("", "-o", folder.resolve("last").toString(), "do it");

    assertThat(ended).extracting(Ended::out, Ended::status).containsExactly("All done.\n", 0);
    assertThat(ended.err()).contains("sandbox: read-only", "agent: I look.", "exit: 3");
    assertThat(folder.resolve("last")).hasContent("All done.");
  }

  @Test
  void whatIsRefusedIsToldByTheStatus() throws Exception {
    playing(PATCH + ANSWER);

    Ended ended = exec("", "do it");

    assertThat(ended).extracting(Ended::out, Ended::status).containsExactly("All done.\n", 3);
    assertThat(ended.err()).contains("file refused: " + work.resolve("made.txt"));
    assertThat(work.resolve("made.txt")).doesNotExist();
  }

  @Test
  void aFailedTurnIsOne() throws Exception {
    playing("response\nhttp {\"status\": 400, \"body\": \"no such model\"}\n");

    Ended ended = exec("", "--json", "do it");

    assertThat(ended.lines().subList(2, 4))
        .containsExactly(
            "{\"type\":\"error\",\"message\":\"no such model\"}",
            "{\"type\":\"turn.failed\",\"error\":{\"message\":\"no such model\"}}");
    assertThat(ended.status()).isEqualTo(1);
  }

  @Test
  void theAnswerFollowsASchema() throws Exception {
    playing(ANSWER);
    Path schema = Files.writeString(folder.resolve("schema.json"), "{\"type\": \"object\"}");

    Ended ended = exec("", "--output-schema", schema.toString(), "do it");

    assertThat(ended.status()).as(ended.err()).isZero();
    assertThat(model.calls().getLast().body().getAsJsonObject("text").get("format"))
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
    playing(ANSWER);

    Ended ended = argument == null ? exec(input) : exec(input, argument);

    assertThat(ended.status()).as(ended.err()).isZero();
    assertThat(lastWords()).isEqualTo(expected);
  }

  @Test
  void aThreadGoesOn() throws Exception {
    playing(ANSWER + ANSWER + ANSWER);
    Ended first = exec("", "--json", "one");
    String id =
        JsonParser.parseString(first.out().lines().findFirst().orElseThrow())
            .getAsJsonObject()
            .get("thread_id")
            .getAsString();

    Ended byId = exec("", "resume", "--json", id, "two");
    Ended last = exec("", "resume", "--json", "--last", "three");

    assertThat(byId.out()).contains(id).contains("\"input_tokens\":20");
    assertThat(last.out()).contains(id).contains("\"input_tokens\":30");
    assertThat(model.calls().getLast().body().get("input").toString())
        .containsSubsequence("\"one\"", "All done.", "\"two\"", "All done.", "\"three\"");
  }

  /// A script that sees a good end must have got the answer.
  @Test
  void anAnswerThatNobodyReadsIsNone() throws Exception {
    playing("response\ngate \"closed\"\nmessage \"All done.\"\n");
    Process process = start("do it");
    process.getInputStream().close();
    model.release("closed");

    Ended ended = ended(process);

    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.err()).contains("agent: All done.", "standard output cannot be written");
  }

  /// As with `| head -1`: the model has more to say, and nobody would hear it.
  @Test
  void eventsThatNobodyReadsEndTheTurn() throws Exception {
    playing("response\ngate \"closed\"\nmessage \"I look.\"\nhang\n");
    Process process = start("--json", "do it");
    assertThat(process.getInputStream().read()).isEqualTo('{');
    process.getInputStream().close();
    model.release("closed");

    Ended ended = ended(process);

    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.err()).isEqualTo("codex-lsp: standard output cannot be written\n");
  }

  /// Without an input, and with an output that the test reads.
  private Process start(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(ServerProcess.LAUNCHER.toString(), "exec"));
    command.addAll(List.of(arguments));
    Path in = Files.createFile(folder.resolve("in"));
    return builder(command).redirectInput(in.toFile()).start();
  }

  /// Not what the JVM has opened in its place, as it would.
  @Test
  void aClosedInputIsEmpty() throws Exception {
    playing(ANSWER);
    String launcher = ServerProcess.LAUNCHER.toString();
    List<String> command = List.of("/bin/sh", "-c", "exec \"$0\" exec ask <&-", launcher);
    Ended ended = ended(builder(command).redirectOutput(folder.resolve("out").toFile()).start());

    assertThat(ended.status()).as(ended.err()).isZero();
    assertThat(lastWords()).isEqualTo("ask");
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        Arguments.of(2, "try: codex-lsp exec --help", List.of("-s", "open", "x")),
        Arguments.of(2, "name a thread, or say --last", List.of("resume")),
        Arguments.of(
            2, "with --last there is no thread to name", List.of("resume", "--last", "a", "b")),
        Arguments.of(
            1, "there is no output schema absent", List.of("--output-schema", "absent", "x")),
        Arguments.of(1, "the output schema . is a directory", List.of("--output-schema", ".", "x")),
        Arguments.of(1, "there is no folder", List.of("-o", "absent/last", "x")),
        Arguments.of(
            1, "approval_policy must be one of", List.of("-c", "approval_policy=\"maybe\"", "x")),
        Arguments.of(1, "there is no prompt", List.of("-")),
        Arguments.of(1, "not a directory", List.of("-C", "absent", "x")),
        Arguments.of(1, "is in no git repository", List.of("-C", "..", "x")),
        Arguments.of(
            1,
            "no rollout found for thread id 01a1fc40-9bc3-7602-82d1-59a95f395674",
            List.of("resume", "01a1fc40-9bc3-7602-82d1-59a95f395674", "x")));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeIsNamed(int status, String problem, List<String> arguments) throws Exception {
    playing("");

    Ended ended = exec("", arguments.toArray(String[]::new));

    assertThat(ended.err()).contains(problem);
    assertThat(ended).extracting(Ended::out, Ended::status).containsExactly("", status);
    assertThat(model.calls()).isEmpty();
  }
}
