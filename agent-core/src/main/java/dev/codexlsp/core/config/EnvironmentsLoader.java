package dev.codexlsp.core.config;

import dev.codexlsp.exec.remote.RemotePlace;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// Reads where commands can run: `environments.toml` when there is one, else the variable
/// `CODEX_EXEC_SERVER_URL`, else this machine alone.
///
/// Any thread may use it; nothing is remembered.
public final class EnvironmentsLoader {
  /// A WebSocket URL, or [EnvironmentsConfig#NONE].
  static final String URL_VARIABLE = "CODEX_EXEC_SERVER_URL";

  /// What the place of the variable is called, as in the original.
  private static final String VARIABLE_ID = "remote";

  private final ConfigFile file;
  private final Path userHome;
  private final Map<String, String> variables;

  /// @param userHome what `~` in a path of the file stands for
  /// @param variables ours, which a program of the file inherits, credentials of ours excepted
  public EnvironmentsLoader(Path codexHome, Path userHome, Map<String, String> variables) {
    this.file = new ConfigFile(codexHome.resolve("environments.toml"));
    this.userHome = userHome;
    this.variables = Map.copyOf(variables);
  }

  /// The places as they are configured now.
  ///
  /// @param config says which variables hold credentials of ours
  public EnvironmentsConfig load(Config config) throws ConfigException {
    if (file.stamp() != null) {
      Map<String, String> inherited = new HashMap<>(variables);
      inherited.keySet().removeAll(Credentials.variables(config));
      return new EnvironmentsReader(file.path(), userHome, inherited).read(file.text());
    }
    String url = variables.getOrDefault(URL_VARIABLE, "").strip();
    if (url.isEmpty()) {
      return EnvironmentsConfig.LOCAL_ONLY;
    }
    if (url.equalsIgnoreCase(EnvironmentsConfig.NONE)) {
      return new EnvironmentsConfig(null, false, Map.of());
    }
    // Who sends commands elsewhere by it does not want them here, whoever asks for that.
    return new EnvironmentsConfig(VARIABLE_ID, false, Map.of(VARIABLE_ID, place(url)));
  }

  private static RemotePlace place(String url) throws ConfigException {
    try {
      return new RemotePlace.Socket(
          EnvironmentsReader.webSocket(url),
          null,
          RemotePlace.DEFAULT_TIMEOUT,
          RemotePlace.DEFAULT_TIMEOUT);
    } catch (IllegalArgumentException bad) {
      throw new ConfigException(
          null,
          null,
          URL_VARIABLE,
          "the environment variable " + URL_VARIABLE + " " + bad.getMessage() + ", or none");
    }
  }
}
