package dev.codexlsp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LineHandlerTest {
  private static LogRecord record(Level level, String message, Object... parameters) {
    LogRecord record = new LogRecord(level, message);
    record.setInstant(Instant.parse("2026-01-02T03:04:05.678901Z"));
    record.setLoggerName("dev.codexlsp.test");
    record.setParameters(parameters);
    return record;
  }

  private static List<String> published(Level level, LogRecord... records) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    LineHandler handler =
        new LineHandler(new PrintStream(bytes, true, StandardCharsets.UTF_8), level);
    for (LogRecord record : records) {
      handler.publish(record);
    }
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void oneLineEach() {
    assertThat(
            published(
                Level.FINE,
                record(Level.SEVERE, "a\r\nb"),
                record(Level.WARNING, "{0} of {1}", "one", "two"),
                record(Level.INFO, "braces {} stay"),
                record(Level.FINE, "d"),
                record(Level.FINER, "not shown")))
        .containsExactly(
            "2026-01-02T03:04:05.678Z ERROR a\\r\\nb",
            "2026-01-02T03:04:05.678Z WARN one of two",
            "2026-01-02T03:04:05.678Z INFO braces {} stay",
            "2026-01-02T03:04:05.678Z DEBUG d");
  }

  @Test
  void exceptionsStayOnTheLineAndHaveAnEnd() {
    LogRecord record = record(Level.SEVERE, "it broke");
    record.setThrown(new IllegalStateException("out", new IllegalArgumentException("in\nner")));
    String line = published(Level.WARNING, record).getFirst();
    assertThat(line)
        .startsWith(
            "2026-01-02T03:04:05.678Z ERROR it broke: java.lang.IllegalStateException: out < ")
        .contains("; caused by java.lang.IllegalArgumentException: in\\nner < ");
    assertThat(published(Level.WARNING, record(Level.SEVERE, "x".repeat(100_000))).getFirst())
        .hasSize(LineHandler.MAX_LINE)
        .endsWith("x...");
  }

  @Test
  void warningsOfTheLibraryAreForThoseWhoAskForMore() {
    LogRecord warning = record(Level.WARNING, "unmatched cancel");
    warning.setLoggerName("org.eclipse.lsp4j.jsonrpc.RemoteEndpoint");
    assertThat(published(Level.WARNING, warning)).isEmpty();
    assertThat(published(Level.INFO, warning)).hasSize(1);
  }
}
