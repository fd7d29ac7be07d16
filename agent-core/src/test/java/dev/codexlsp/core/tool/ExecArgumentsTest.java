package dev.codexlsp.core.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExecArgumentsTest {

  @Test
  void everythingGiven() throws Exception {
    assertThat(
            ExecArguments.parse(
                """
                {"cmd":"ls","workdir":"src","shell":"/bin/sh","login":false,"tty":true,
                 "yield_time_ms":1000,"max_output_tokens":7,
                 "sandbox_permissions":"require_escalated","justification":"to see",
                 "prefix_rule":["ls"],"other":1}
                """))
        .isEqualTo(
            new ExecArguments(
                "ls",
                "src",
                "/bin/sh",
                false,
                true,
                Duration.ofSeconds(1),
                7,
                true,
                "to see",
                List.of("ls")));
  }

  @Test
  void onlyTheCommandGiven() throws Exception {
    assertThat(ExecArguments.parse("{\"cmd\":\"ls\"}"))
        .isEqualTo(
            new ExecArguments(
                "ls", null, null, true, false, Duration.ofSeconds(10), 10_000, false, null, null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | missing field `cmd`",
        "'' | expected an object",
        "[] | ",
        "{\"cmd\": | ",
        "{\"cmd\":{}} | ",
        "{\"cmd\":\"ls\",\"max_output_tokens\":0} | `max_output_tokens` must be positive",
        "{\"cmd\":\"ls\",\"max_output_tokens\":\"many\"} | ",
        "{\"cmd\":\"ls\",\"yield_time_ms\":\"long\"} | ",
        "{\"cmd\":\"ls\",\"sandbox_permissions\":\"root\"} | unknown variant `root`, expected",
        "{\"cmd\":\"ls\",\"prefix_rule\":\"ls\"} | ",
      })
  void unusableArgumentsAreExplained(String json, String part) {
    assertThatThrownBy(() -> ExecArguments.parse(json))
        .isInstanceOf(ToolArguments.Unusable.class)
        .hasMessageStartingWith("failed to parse function arguments: ")
        .hasMessageContaining(part == null ? "" : part);
  }

  @Test
  void anArgvIsJoinedSoThatAShellReadsItBack() {
    assertThat(ShellWords.join(List.of("/bin/bash", "-lc", "echo 'it''s' $x", "", "a=b")))
        .isEqualTo("/bin/bash -lc 'echo '\\''it'\\'''\\''s'\\'' $x' '' a=b");
  }
}
