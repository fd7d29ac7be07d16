package dev.codexlsp.server;

import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Sends the log to standard error. `CODEX_LSP_LOG` says how much of it: `error`, `warn` (unless
/// told otherwise), `info` or `debug`.
///
/// The logging of the JDK makes an instance when the first logger is made, in place of reading its
/// configuration file, so nothing is paid before that.
public final class StderrLogging {
  private static final Map<String, Level> LEVELS =
      Map.of("error", Level.SEVERE, "warn", Level.WARNING, "info", Level.INFO, "debug", Level.FINE);

  /// Called by the JDK.
  public StderrLogging() {
    Level level =
        LEVELS.getOrDefault(System.getenv().getOrDefault("CODEX_LSP_LOG", "warn"), Level.WARNING);
    Logger root = Logger.getLogger("");
    root.setLevel(level);
    root.addHandler(new LineHandler(System.err, level));
  }

  static void install() {
    System.setProperty("java.util.logging.config.class", StderrLogging.class.getName());
  }
}
