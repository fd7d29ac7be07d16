package dev.codexlsp.core.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codexlsp.core.thread.ItemId;
import dev.codexlsp.core.thread.ThreadEvent;
import dev.codexlsp.exec.Run;
import dev.codexlsp.exec.local.LocalBackend;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Sessions with real commands, as a model has them: started by `exec_command`, continued by
/// `write_stdin`.
@Timeout(60)
class WriteStdinToolTest {
  @TempDir Path folder;
  private final LocalBackend backend = new LocalBackend(Duration.ofMillis(200), Map.of());
  private final FakeTurn turn = new FakeTurn();
  private final ExecCommandTool exec = new ExecCommandTool(FakeTurn.CLOCK, () -> 0L);
  private final WriteStdinTool write = new WriteStdinTool(() -> 0L);

  @AfterEach
  void close() {
    turn.terminals().close();
    Run.await("the last words of all", turn.terminals()::isIdle);
    backend.close();
  }

  private String call(Tool tool, String arguments) throws InterruptedException {
    ToolResult result =
        tool.run(
            new ToolCall("c1", "", tool.name(), arguments, false),
            turn.scope(FakeTurn.local(backend), folder));
    return ((ToolOutput.Text) result.output()).text().replaceAll("time: [0-9.]+", "time: N");
  }

  private String start(String cmd, boolean tty) throws InterruptedException {
    return call(
        exec,
        "{\"cmd\":\"%s\",\"tty\":%s,\"login\":false,\"yield_time_ms\":250}".formatted(cmd, tty));
  }

  private static String running(int tokens, String output) {
    return "Chunk ID: 000000\nWall time: N seconds\nProcess running with session ID 10000\n"
        + "Original token count: %d\nOutput:\n%s".formatted(tokens, output);
  }

  private static String exited(int code, int tokens, String output) {
    return "Chunk ID: 000000\nWall time: N seconds\nProcess exited with code %d\n".formatted(code)
        + "Original token count: %d\nOutput:\n%s".formatted(tokens, output);
  }

  /// The terminal echoes what is written, and shows line ends as it does.
  @Test
  void whatIsWrittenToATerminalIsReadAndEchoed() throws Exception {
    assertThat(start("read a; echo got $a; read b; echo end $b", true)).isEqualTo(running(0, ""));
    assertThat(call(write, "{\"session_id\":10000,\"chars\":\"one\\n\",\"yield_time_ms\":1000}"))
        .isEqualTo(running(4, "one\r\ngot one\r\n"));
    assertThat(call(write, "{\"session_id\":10000,\"chars\":\"two\\n\",\"yield_time_ms\":9000}"))
        .isEqualTo(exited(0, 4, "two\r\nend two\r\n"));
    assertThat(turn.events(ThreadEvent.TerminalInteraction.class))
        .containsExactly(interaction("one\n"), interaction("two\n"));
    assertThat(turn.events(ThreadEvent.ItemCompleted.class)).hasSize(1);
  }

  private static ThreadEvent.TerminalInteraction interaction(String stdin) {
    return new ThreadEvent.TerminalInteraction(
        FakeTurn.THREAD, FakeTurn.TURN, new ItemId("c1"), "10000", stdin);
  }

  @Test
  void aCommandThatHasEndedIsForgottenWithItsLastOutput() throws Exception {
    start("until [ -e go ]; do sleep 0.01; done; echo bye", false);
    Files.createFile(folder.resolve("go"));
    assertThat(call(write, "{\"session_id\":10000}")).isEqualTo(exited(0, 1, "bye\n"));
    assertThat(call(write, "{\"session_id\":10000}"))
        .isEqualTo("write_stdin failed: Unknown process id 10000");
    assertThat(turn.events(ThreadEvent.TerminalInteraction.class)).containsExactly(interaction(""));
  }

  @Test
  void controlCInterruptsACommandAtATerminal() throws Exception {
    start("exec sleep 60", true);
    assertThat(call(write, "{\"session_id\":10000,\"chars\":\"\\u0003\",\"yield_time_ms\":9000}"))
        .startsWith("Chunk ID: 000000\nWall time: N seconds\nProcess exited with code 1\n");
  }

  @Test
  void controlCInterruptsACommandWithoutOneToo() throws Exception {
    start("trap 'echo stopped; exit 7' INT; while :; do sleep 0.01; done", false);
    assertThat(call(write, "{\"session_id\":10000,\"chars\":\"\\u0003\",\"yield_time_ms\":9000}"))
        .isEqualTo(exited(7, 2, "stopped\n"));
  }

  @Test
  void aCommandWithoutATerminalReadsNothingAndThatIsSaid() throws Exception {
    start("exec sleep 60", false);
    assertThat(call(write, "{\"session_id\":10000,\"chars\":\"yes\\n\"}"))
        .isEqualTo(
            "write_stdin failed: the command reads nothing; start it with tty=true to write to"
                + " it");
    assertThat(turn.terminals().background()).hasSize(1);
  }

  @Test
  void anInterruptEndsTheWaitAndNotTheSession() throws Exception {
    start("exec sleep 60", false);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> call(write, "{\"session_id\":10000}"))
        .isInstanceOf(InterruptedException.class);
    assertThat(turn.terminals().background()).hasSize(1);
    assertThat(turn.events(ThreadEvent.ItemCompleted.class)).isEmpty();
  }

  /// The command that a call waits for is not handed out yet, and ends with the wait.
  @Test
  void anInterruptOfTheFirstCallKillsItsCommand() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> start("exec sleep 60", false))
        .isInstanceOf(InterruptedException.class);
    Run.await("its end", turn.terminals()::isIdle);
    assertThat(turn.terminals().background()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | failed to parse function arguments: missing field `session_id`",
        "[] | failed to parse function arguments: ",
        "{\"session_id\":12 | failed to parse function arguments: ",
        "{\"session_id\":{}} | failed to parse function arguments: ",
        "{\"session_id\":1,\"max_output_tokens\":0} | failed to parse function arguments: ",
        "{\"session_id\":1} | write_stdin failed: Unknown process id 1",
        "{\"session_id\":-7} | write_stdin failed: Unknown process id -7",
      })
  void whatCannotBeDoneIsSaid(String arguments, String start) throws Exception {
    assertThat(call(write, arguments)).startsWith(start);
  }
}
