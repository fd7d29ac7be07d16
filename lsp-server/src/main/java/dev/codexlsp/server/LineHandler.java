package dev.codexlsp.server;

import java.io.PrintStream;
import java.text.MessageFormat;
import java.time.temporal.ChronoUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/// One record, one line, one write, so that lines of several threads never mix and a client can
/// show them as they come. Any thread may use it.
final class LineHandler extends Handler {
  /// A longer line is cut.
  static final int MAX_LINE = 8 * 1024;

  private static final int MAX_FRAMES = 20;

  /// LSP4J warns of what is ordinary here: an answer that comes too late, a cancel of what is done.
  private static final String LIBRARY = "org.eclipse.lsp4j";

  private final PrintStream out;

  LineHandler(PrintStream out, Level level) {
    this.out = out;
    setLevel(level);
  }

  @Override
  public void publish(LogRecord record) {
    if (isLoggable(record) && !isOrdinary(record)) {
      out.print(line(record) + "\n");
    }
  }

  private boolean isOrdinary(LogRecord record) {
    return record.getLoggerName() != null
        && record.getLoggerName().startsWith(LIBRARY)
        && record.getLevel().equals(Level.WARNING)
        && getLevel().intValue() > Level.INFO.intValue();
  }

  static String line(LogRecord record) {
    StringBuilder line = new StringBuilder();
    line.append(record.getInstant().truncatedTo(ChronoUnit.MILLIS)).append(' ');
    line.append(word(record.getLevel())).append(' ').append(message(record));
    int depth = 0;
    for (Throwable cause = record.getThrown();
        cause != null && depth < 5;
        cause = cause.getCause()) {
      line.append(depth++ == 0 ? ": " : "; caused by ").append(cause);
      StackTraceElement[] frames = cause.getStackTrace();
      for (int i = 0; i < Math.min(frames.length, MAX_FRAMES); i++) {
        line.append(" < ").append(frames[i]);
      }
    }
    String text = line.toString().replace("\r", "\\r").replace("\n", "\\n");
    if (text.length() <= MAX_LINE) {
      return text;
    }
    int end = MAX_LINE - 3;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end)
        + "...";
  }

  private static String message(LogRecord record) {
    Object[] parameters = record.getParameters();
    return parameters == null || parameters.length == 0
        ? String.valueOf(record.getMessage())
        : MessageFormat.format(record.getMessage(), parameters);
  }

  private static String word(Level level) {
    if (level.intValue() >= Level.SEVERE.intValue()) {
      return "ERROR";
    }
    if (level.intValue() >= Level.WARNING.intValue()) {
      return "WARN";
    }
    return level.intValue() >= Level.INFO.intValue() ? "INFO" : "DEBUG";
  }

  @Override
  public void flush() {
    out.flush();
  }

  @Override
  public void close() {
    flush();
  }
}
