package dev.codexlsp.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// How `exec` ends when something is wrong with what it was given: its arguments, its streams.
class HeadlessMistakesIT extends HeadlessTest {
  /// A script that sees a good end must have got the answer.
  @Test
  void anAnswerThatNobodyReadsIsNone() throws Exception {
    HeadlessStage stage = playing("response\ngate \"closed\"\nmessage \"All done.\"\n");
    Process process = stage.prepared("do it").redirectInput(nothing()).start();
    process.getInputStream().close();
    stage.model().release("closed");

    HeadlessStage.Ended ended = stage.ended(process);

    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.err()).contains("agent: All done.", "standard output cannot be written");
  }

  /// As with `| head -1`: the model has more to say, and nobody would hear it.
  @Test
  void eventsThatNobodyReadsEndTheTurn() throws Exception {
    HeadlessStage stage = playing("response\ngate \"closed\"\nmessage \"I look.\"\nhang\n");
    Process process = stage.prepared("--json", "do it").redirectInput(nothing()).start();
    assertThat(process.getInputStream().read()).isEqualTo('{');
    process.getInputStream().close();
    stage.model().release("closed");

    HeadlessStage.Ended ended = stage.ended(process);

    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.err()).isEqualTo("codex-lsp: standard output cannot be written\n");
  }

  private ProcessBuilder.Redirect nothing() throws IOException {
    return ProcessBuilder.Redirect.from(Files.createFile(folder.resolve("in")).toFile());
  }

  /// Not what the JVM has opened in its place, as it would.
  @Test
  void aClosedInputIsEmpty() throws Exception {
    HeadlessStage stage = playing(ANSWER);
    String launcher = ServerProcess.LAUNCHER.toString();
    List<String> command = List.of("/bin/sh", "-c", "exec \"$0\" exec ask <&-", launcher);
    HeadlessStage.Ended ended = stage.ended(stage.command(command).start());

    assertThat(ended.status()).as(ended.err()).isZero();
    assertThat(stage.lastWords()).isEqualTo("ask");
  }

  /// As from a program that runs commands and never closes their input.
  @Test
  void anInputThatStaysOpenIsTold() throws Exception {
    HeadlessStage stage = playing(ANSWER);
    Process process =
        stage
            .prepared("do it")
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(ProcessBuilder.Redirect.PIPE)
            .start();
    assertThat(process.errorReader().readLine())
        .startsWith("codex-lsp: standard input is still open");
    process.getOutputStream().close();

    HeadlessStage.Ended ended = stage.ended(process);

    assertThat(ended)
        .extracting(HeadlessStage.Ended::out, HeadlessStage.Ended::status)
        .containsExactly("All done.\n", 0);
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
    HeadlessStage stage = playing("");

    HeadlessStage.Ended ended = stage.exec("", arguments.toArray(String[]::new));

    assertThat(ended.err()).contains(problem);
    assertThat(ended)
        .extracting(HeadlessStage.Ended::out, HeadlessStage.Ended::status)
        .containsExactly("", status);
    assertThat(stage.model().calls()).isEmpty();
  }
}
