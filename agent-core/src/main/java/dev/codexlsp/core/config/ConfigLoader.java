package dev.codexlsp.core.config;

import dev.codexlsp.core.toml.TomlValue;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads what files, command line and editor say, again whenever it has changed: whoever needs the
/// configuration asks here, and keeps no copy longer than one thread start or one turn.
///
/// A file that did not change is not parsed again, because a parse costs some milliseconds as long
/// as the parser is not compiled, and a `stat` some microseconds. Two versions of equal length,
/// written within one tick of the file system's clock, look the same.
///
/// A file that can be used no more is reported, and what it said before stays in use; one that
/// never could is an error for whoever asks.
///
/// May be used by any thread. Listeners are called on the thread that asks, without the lock.
public final class ConfigLoader {
  /// In every folder that may have one.
  static final String FILE_NAME = "config.toml";

  private static final System.Logger LOG = System.getLogger(ConfigLoader.class.getName());

  /// Folders whose configuration is remembered.
  private static final int MAX_REMEMBERED = 64;

  private static final Path NO_FOLDER = Path.of("");

  private final ConfigPlaces places;
  private final List<Consumer<ConfigWarning>> listeners = new CopyOnWriteArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock.
  private final ConfigWarnings warnings = new ConfigWarnings();
  private final LayerStack stack;
  private final Map<Question, Loaded> remembered = new LinkedHashMap<>();

  /// What somebody wants to know.
  ///
  /// @param thread see [ThreadConfig]
  private record Question(Path folder, TomlValue.Table thread) {}

  /// @param versions of the files, which go on counting
  private record Loaded(LayerStack.Found found, List<Integer> versions, Config config) {
    boolean isOf(LayerStack.Found now) {
      return versions.equals(now.versions())
          && found.trust() == now.trust()
          && found.client().equals(now.client());
    }
  }

  public ConfigLoader(ConfigPlaces places) {
    this.places = places;
    this.stack = new LayerStack(places, warnings);
  }

  /// The file of one home alone.
  ///
  /// @param userHome what `~` in a path of the file stands for
  public ConfigLoader(Path codexHome, Path userHome) {
    this(ConfigPlaces.home(codexHome, userHome));
  }

  /// Tells somebody what users should know, until they do not want it any more.
  public void addListener(Consumer<ConfigWarning> listener) {
    listeners.add(listener);
  }

  public void removeListener(Consumer<ConfigWarning> listener) {
    listeners.remove(listener);
  }

  /// What holds when there is nothing, for somebody who cannot read what there is.
  public Config defaults() {
    return Config.defaults(places.userFile());
  }

  /// The configuration as it is now, outside of any project.
  public Config load() throws ConfigException {
    return load(null);
  }

  /// The same for a folder.
  public Config load(@Nullable Path folder) throws ConfigException {
    return load(folder, ThreadConfig.NONE);
  }

  /// The same for a thread.
  ///
  /// @param thread see [ThreadConfig]
  public Config load(@Nullable Path folder, TomlValue.Table thread) throws ConfigException {
    return loaded(folder, thread).config();
  }

  /// What is wrong with what a client wants for one thread; null for nothing, or for nothing that
  /// is the client's fault. Reads nothing for a client that wants nothing.
  ///
  /// @param thread see [ThreadConfig]
  public @Nullable ConfigException objection(@Nullable Path folder, TomlValue.Table thread) {
    if (thread.entries().isEmpty()) {
      return null;
    }
    try {
      load(folder, thread);
      return null;
    } catch (ConfigException problem) {
      return ThreadConfig.SOURCE.equals(problem.source()) ? problem : null;
    }
  }

  /// Who says what, for a folder.
  public ConfigLayers layers(@Nullable Path folder) throws ConfigException {
    return loaded(folder, ThreadConfig.NONE).found().layers();
  }

  ConfigPlaces places() {
    return places;
  }

  private Loaded loaded(@Nullable Path folder, TomlValue.Table thread) throws ConfigException {
    Path place = folder == null ? NO_FOLDER : folder.toAbsolutePath().normalize();
    // Before the lock, since an editor may have to be waited for.
    Map<String, Object> client = places.client().get();
    lock.lock();
    try {
      return current(new Question(place, thread), client);
    } finally {
      List<ConfigWarning> news = warnings.take();
      lock.unlock();
      news.forEach(this::tell);
    }
  }

  private void tell(ConfigWarning warning) {
    String details = warning.details();
    LOG.log(
        System.Logger.Level.WARNING, warning.summary() + (details == null ? "" : " " + details));
    listeners.forEach(listener -> listener.accept(warning));
  }

  private Loaded current(Question question, Map<String, Object> client) throws ConfigException {
    while (true) {
      try {
        return read(question, client);
      } catch (ConfigException problem) {
        if (ThreadConfig.SOURCE.equals(problem.source())) {
          // Told to whoever wants it, and the affair of nobody else.
          throw problem;
        }
        boolean hasPrevious = stack.reject(problem, client);
        warnings.broken(hasPrevious, problem);
        if (!hasPrevious) {
          throw problem;
        }
      }
    }
  }

  private Loaded read(Question question, Map<String, Object> client) throws ConfigException {
    Path folder = question.folder();
    LayerStack.Found found =
        stack.find(folder.equals(NO_FOLDER) ? null : folder, question.thread(), client);
    Loaded known = remembered.get(question);
    if (known != null && known.isOf(found)) {
      return known;
    }
    warn(found);
    ConfigTable root = ConfigTable.root(found.layers().merged(), places.userFile());
    Config config =
        new ConfigReader(places.userFile(), places.userHome()).read(root, found.trust());
    warn(config, root);
    stack.accept(found);
    Loaded now = new Loaded(found, found.versions(), config);
    remember(question, now);
    return now;
  }

  private void warn(LayerStack.Found found) {
    for (ConfigLayer layer : found.layers().layers()) {
      if (layer.disabledReason() == null) {
        warnings.unknown(layer.source(), layer.table());
      }
    }
    for (LayerFile file : found.files()) {
      ConfigException broken = file.broken();
      if (broken != null && file.hasPrevious()) {
        warnings.broken(true, broken);
      }
    }
  }

  private void warn(Config config, ConfigTable root) {
    if (config.storage().credentials() == Config.CredentialStore.KEYRING) {
      warnings.noKeyring(root.place("cli_auth_credentials_store"));
    }
  }

  private void remember(Question question, Loaded loaded) {
    if (remembered.size() >= MAX_REMEMBERED) {
      remembered.clear();
    }
    remembered.put(question, loaded);
  }
}
