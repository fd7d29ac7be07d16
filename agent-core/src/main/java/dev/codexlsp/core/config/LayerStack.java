package dev.codexlsp.core.config;

import dev.codexlsp.core.config.ConfigKey.Scope;
import dev.codexlsp.core.toml.TomlValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds the layers for a folder. Belongs to [ConfigLoader], under its lock.
final class LayerStack {
  /// Folders of projects come and go; what is forgotten is read again.
  private static final int MAX_FILES = 512;

  private static final Pattern PROFILE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");

  private final ConfigPlaces places;
  private final ConfigWarnings warnings;
  private final Map<Path, LayerFile> files = new HashMap<>();

  /// Settings of the editor that made no sense; until it has others, those from before count.
  private @Nullable Map<String, Object> rejected;

  private Map<String, Object> accepted = Map.of();

  LayerStack(ConfigPlaces places, ConfigWarnings warnings) {
    this.places = places;
    this.warnings = warnings;
  }

  /// What was found.
  ///
  /// @param files those that are part of it, whether or not they exist
  /// @param client the editor's settings that went into it
  record Found(
      ConfigLayers layers, Trust trust, List<LayerFile> files, Map<String, Object> client) {
    /// What changes when any of it does.
    List<Integer> versions() {
      return files.stream().map(LayerFile::version).toList();
    }
  }

  /// @param folder null for no project
  /// @param thread what a client wants for one thread
  /// @param client the editor's settings
  Found find(@Nullable Path folder, TomlValue.Table thread, Map<String, Object> client)
      throws ConfigException {
    List<LayerFile> used = new ArrayList<>();
    List<ConfigLayer> low = new ArrayList<>();
    LayerFile user = look(new ConfigSource.User(places.userFile(), null), used);
    LayerFile system = look(new ConfigSource.System(places.systemFile()), used);
    low.add(ConfigLayer.of(user.source(), user.table()));
    low.add(ConfigLayer.of(system.source(), system.table()));
    low.addAll(0, profile(ConfigLayers.of(withFlags(low)).merged(), user, used));
    TomlValue.Table base = ConfigLayers.of(withFlags(low)).merged();

    List<ConfigLayer> all = new ArrayList<>();
    if (!thread.entries().isEmpty()) {
      all.add(ConfigLayer.of(ThreadConfig.SOURCE, thread));
    }
    if (!places.flags().entries().isEmpty()) {
      all.add(ConfigLayer.of(new ConfigSource.SessionFlags(), places.flags()));
    }
    Map<String, Object> counted = client.equals(rejected) ? accepted : client;
    if (!counted.isEmpty()) {
      all.add(client(counted));
    }
    Trust trust = Trust.UNKNOWN;
    if (folder != null) {
      ProjectFolders project = ProjectFolders.around(folder, base);
      trust = project.trust();
      all.addAll(projects(project, used));
    }
    all.addAll(low);
    return new Found(ConfigLayers.of(all), trust, List.copyOf(used), client);
  }

  private List<ConfigLayer> withFlags(List<ConfigLayer> low) {
    List<ConfigLayer> all = new ArrayList<>(low);
    all.addFirst(ConfigLayer.of(new ConfigSource.SessionFlags(), places.flags()));
    return all;
  }

  private LayerFile look(ConfigSource source, List<LayerFile> used) {
    Path path = source.path();
    if (path == null) {
      throw new IllegalArgumentException("no file: " + source);
    }
    if (files.size() >= MAX_FILES) {
      files.clear();
    }
    LayerFile file = files.computeIfAbsent(path, key -> new LayerFile(new ConfigFile(key), source));
    int before = file.version();
    file.refresh();
    if (file.version() != before) {
      warnings.forget(path);
    }
    used.add(file);
    return file;
  }

  /// The file of the profile, and the table of older files, which is weaker.
  private List<ConfigLayer> profile(TomlValue.Table base, LayerFile user, List<LayerFile> used)
      throws ConfigException {
    ConfigTable root = ConfigTable.root(base, places.userFile());
    String name =
        places.profile() != null ? places.profile() : root.optionalString("profile", null);
    if (name == null) {
      return List.of();
    }
    if (!PROFILE_NAME.matcher(name).matches()) {
      throw noProfile(root, "is no name of a profile: " + ConfigTable.quoted(name));
    }
    Path path = places.codexHome().resolve(name + "." + ConfigLoader.FILE_NAME);
    LayerFile file = look(new ConfigSource.User(path, name), used);
    List<ConfigLayer> layers = new ArrayList<>();
    if (file.exists()) {
      layers.add(ConfigLayer.of(file.source(), file.table()));
    }
    if (user.table().at(List.of("profiles", name)) instanceof TomlValue.Table table) {
      ConfigSource source = new ConfigSource.User(places.userFile(), name);
      layers.add(ConfigLayer.of(source, (TomlValue.Table) table.from(source)));
    }
    if (layers.isEmpty()) {
      throw noProfile(
          root, "names %s, and there is no %s".formatted(ConfigTable.quoted(name), path));
    }
    return layers;
  }

  /// No file is to blame for what the command line says.
  private ConfigException noProfile(ConfigTable root, String problem) {
    return places.profile() == null
        ? root.error("profile", problem)
        : new ConfigException(null, null, "profile", "command line option -p: " + problem);
  }

  private ConfigLayer client(Map<String, Object> settings) {
    ConfigSource source = new ConfigSource.Client();
    TomlValue.Table table = ClientSettings.table(settings, source);
    return ConfigLayer.of(
        source, warnings.allowed(source, table, Scope.NO_PROJECT, places.userFile()));
  }

  private List<ConfigLayer> projects(ProjectFolders project, List<LayerFile> used)
      throws ConfigException {
    List<ConfigLayer> layers = new ArrayList<>();
    for (Path folder : project.folders()) {
      Path home = folder.resolve(".codex");
      if (home.equals(places.codexHome())
          || !home.resolve(ConfigLoader.FILE_NAME).toFile().exists()) {
        continue;
      }
      LayerFile file = look(new ConfigSource.Project(home), used);
      if (project.trust(folder) == Trust.TRUSTED) {
        TomlValue.Table table =
            warnings.allowed(file.source(), file.table(), Scope.ANYBODY, places.userFile());
        layers.add(ConfigLayer.of(file.source(), table));
      } else {
        String reason = reason(project, folder);
        warnings.disabled(home, reason);
        TomlValue.Table table =
            file.broken() == null ? file.table() : TomlValue.Table.empty(file.source());
        layers.add(new ConfigLayer(file.source(), table, reason));
      }
    }
    return layers;
  }

  private String reason(ProjectFolders project, Path folder) {
    return switch (project.trust(folder)) {
      case UNTRUSTED -> project.root() + " is marked as untrusted in " + places.userFile();
      case UNKNOWN, TRUSTED ->
          "to use it, add this to %s: [projects.\"%s\"] trust_level = \"trusted\""
              .formatted(places.userFile(), project.root());
    };
  }

  /// The whole configuration could be read with all this.
  void accept(Found found) {
    found.files().forEach(LayerFile::accept);
    if (!found.client().equals(rejected)) {
      accepted = found.client();
    }
  }

  /// Something cannot be read because of what one layer says. True when there is something else to
  /// try.
  ///
  /// @param client the editor's settings that were tried
  boolean reject(ConfigException problem, Map<String, Object> client) {
    if (problem.source() instanceof ConfigSource.Client) {
      if (client.equals(rejected) || client.equals(accepted)) {
        // Even those from before.
        accepted = Map.of();
      }
      rejected = client;
      return true;
    }
    // By its path: what a file says of a profile has a source of its own.
    LayerFile file = problem.file() == null ? null : files.get(problem.file());
    return file != null && file.reject(problem);
  }
}
