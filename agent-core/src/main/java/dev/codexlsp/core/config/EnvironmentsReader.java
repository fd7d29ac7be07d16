package dev.codexlsp.core.config;

import dev.codexlsp.exec.remote.RemotePlace;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Turns the text of `environments.toml` into an [EnvironmentsConfig]. The keys are the original's;
/// others are errors, because a place that is misspelled must not become this machine.
final class EnvironmentsReader {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final Duration MAX_TIMEOUT = Duration.ofHours(1);
  private static final int MAX_PORT = 65_535;
  private static final Set<String> ROOT_KEYS = Set.of("default", "include_local", "environments");

  private static final Set<String> URL_KEYS = Set.of("auth_bearer_token", "connect_timeout_sec");
  private static final Set<String> PROGRAM_KEYS = Set.of("args", "env", "cwd");

  /// `skills` means something to the original only.
  private static final Set<String> KEYS =
      Set.of(
          "id",
          "skills",
          "url",
          "auth_bearer_token",
          "connect_timeout_sec",
          "program",
          "args",
          "env",
          "cwd",
          "initialize_timeout_sec");

  private final Path file;
  private final Path userHome;
  private final Map<String, String> variables;

  /// @param variables what a program inherits
  EnvironmentsReader(Path file, Path userHome, Map<String, String> variables) {
    this.file = file;
    this.userHome = userHome;
    this.variables = variables;
  }

  EnvironmentsConfig read(String text) throws ConfigException {
    ConfigTable root = ConfigTable.parse(file, text);
    root.requireKeys(ROOT_KEYS);
    Map<String, RemotePlace> remotes = new HashMap<>();
    for (ConfigTable table : root.tables("environments")) {
      table.requireKeys(KEYS);
      String id = id(table);
      if (remotes.put(id, place(table)) != null) {
        throw table.error("id", "is used twice: " + ConfigTable.quoted(id));
      }
    }
    boolean includesLocal = root.flag("include_local", true);
    return new EnvironmentsConfig(defaultId(root, includesLocal, remotes), includesLocal, remotes);
  }

  private static @Nullable String defaultId(
      ConfigTable root, boolean includesLocal, Map<String, RemotePlace> remotes)
      throws ConfigException {
    String id = root.optionalString("default", includesLocal ? EnvironmentsConfig.LOCAL : null);
    if (id == null || id.strip().equalsIgnoreCase(EnvironmentsConfig.NONE)) {
      return null;
    }
    id = id.strip();
    if (id.equals(EnvironmentsConfig.LOCAL) ? !includesLocal : !remotes.containsKey(id)) {
      throw root.error(
          "default",
          "names the environment %s, which is not described".formatted(ConfigTable.quoted(id)));
    }
    return id;
  }

  private static String id(ConfigTable table) throws ConfigException {
    String id = table.optionalString("id", null);
    if (id == null) {
      throw table.error("id", "is not set");
    }
    if (id.equalsIgnoreCase(EnvironmentsConfig.LOCAL)
        || id.equalsIgnoreCase(EnvironmentsConfig.NONE)) {
      throw table.error("id", "must not be %s, which is reserved".formatted(id));
    }
    if (!ID.matcher(id).matches()) {
      throw table.error(
          "id", "must be 1 to 64 letters, digits, - or _, not " + ConfigTable.quoted(id));
    }
    return id;
  }

  private RemotePlace place(ConfigTable table) throws ConfigException {
    boolean hasUrl = table.keys().contains("url");
    if (hasUrl == table.keys().contains("program")) {
      throw table.error("url", "or program must be set, and not both");
    }
    for (String key : hasUrl ? PROGRAM_KEYS : URL_KEYS) {
      if (table.keys().contains(key)) {
        throw table.error(key, "belongs to an environment with a " + (hasUrl ? "program" : "url"));
      }
    }
    return hasUrl ? socket(table) : program(table);
  }

  private static RemotePlace socket(ConfigTable table) throws ConfigException {
    try {
      return new RemotePlace.Socket(
          webSocket(table.string("url", "").strip()),
          token(table),
          timeout(table, "connect_timeout_sec"),
          timeout(table, "initialize_timeout_sec"));
    } catch (IllegalArgumentException bad) {
      throw table.error("url", String.valueOf(bad.getMessage()));
    }
  }

  /// No message quotes a URL: it may hold a password.
  ///
  /// @throws IllegalArgumentException when it is none; the message says what it must be
  static URI webSocket(String text) {
    try {
      URI uri = new URI(text);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      if (Set.of("ws", "wss").contains(scheme)
          && uri.getHost() != null
          && uri.getRawFragment() == null) {
        if (uri.getPort() == 0 || uri.getPort() > MAX_PORT) {
          throw new IllegalArgumentException("must have a port between 1 and " + MAX_PORT);
        }
        return uri;
      }
    } catch (URISyntaxException _) {
      // Told below, together with what is well formed and still wrong.
    }
    throw new IllegalArgumentException("must be a ws:// or wss:// URL with a host");
  }

  /// No message quotes a token.
  private static @Nullable String token(ConfigTable table) throws ConfigException {
    String token = table.optionalString("auth_bearer_token", null);
    if (token != null && !token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw table.error("auth_bearer_token", "holds characters that cannot be sent");
    }
    return token;
  }

  private RemotePlace program(ConfigTable table) throws ConfigException {
    List<String> argv = new ArrayList<>(List.of(table.string("program", "").strip()));
    argv.addAll(table.strings("args"));
    Map<String, String> environment = new HashMap<>(variables);
    environment.putAll(additions(table));
    return new RemotePlace.Program(
        argv, environment, directory(table), timeout(table, "initialize_timeout_sec"));
  }

  private static Map<String, String> additions(ConfigTable table) throws ConfigException {
    Map<String, String> additions = table.stringMap("env");
    for (Map.Entry<String, String> addition : additions.entrySet()) {
      String name = addition.getKey();
      if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
        throw table.error("env", "names a variable that cannot be: " + ConfigTable.quoted(name));
      }
      if (addition.getValue().indexOf('\0') >= 0) {
        throw table.error("env", "has a value that cannot be passed on: that of " + name);
      }
    }
    return additions;
  }

  /// Without any the program runs where this process does, as in the original.
  private Path directory(ConfigTable table) throws ConfigException {
    String text = table.optionalString("cwd", null);
    if (text == null) {
      return Path.of("").toAbsolutePath();
    }
    try {
      return ConfigPaths.resolve(text, file, userHome);
    } catch (InvalidPathException _) {
      throw table.error("cwd", "is not a path: " + ConfigTable.quoted(text));
    }
  }

  private static Duration timeout(ConfigTable table, String key) throws ConfigException {
    return table.seconds(key, MAX_TIMEOUT, RemotePlace.DEFAULT_TIMEOUT);
  }
}
