package dev.codexlsp.server;

import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Sends the log to standard error. `CODEX_LSP_LOG` says how much of it: `error`, `warn` (unless
/// told otherwise), `info` or `debug`.
final class StderrLogging {
  private static final Map<String, Level> LEVELS =
      Map.of("error", Level.SEVERE, "warn", Level.WARNING, "info", Level.INFO, "debug", Level.FINE);

  private StderrLogging() {}

  /// Comes before the first logger is made.
  ///
  /// The JDK is sent to a configuration file that does not exist. It then goes without, and also
  /// without its search for other logging libraries through all modules and jars, which takes 10 ms
  /// of the start; there is none to be found in here.
  static void install(Map<String, String> environment) {
    System.setProperty("java.util.logging.config.file", "");
    Level level = LEVELS.getOrDefault(environment.getOrDefault("CODEX_LSP_LOG", ""), Level.WARNING);
    Logger root = Logger.getLogger("");
    root.setLevel(level);
    root.addHandler(new LineHandler(System.err, level));
  }
}
