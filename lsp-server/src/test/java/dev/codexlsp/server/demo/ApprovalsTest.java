package dev.codexlsp.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApprovalsTest {
  @ParameterizedTest
  @CsvSource({
    "'y\n', accept",
    "' YES \n', accept",
    "'n\n', decline",
    "'\n', decline",
    "'', decline",
    "'yesterday\n', decline",
  })
  void onlyAClearYesIsAYes(String typed, String decision) throws Exception {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);
    Terminal terminal =
        new Terminal(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)), out, true);
    JsonObject request = new JsonObject();
    request.addProperty("command", "echo \u001b[2K\nrm -rf .");

    JsonObject answer = new Approvals(terminal, new Page(out), false).decide(request);

    JsonObject expected = new JsonObject();
    expected.addProperty("decision", decision);
    assertThat(answer).isEqualTo(expected);
    assertThat(shown.toString(StandardCharsets.UTF_8)).contains("echo \\u{1b}[2K\\nrm -rf .");
  }
}
