package dev.codexlsp.core.config;

import dev.codexlsp.core.config.ConfigKey.Scope;
import dev.codexlsp.core.toml.Place;
import dev.codexlsp.core.toml.TomlValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the user should know of the layers, each thing once. Belongs to [ConfigLoader], under its
/// lock.
final class ConfigWarnings {
  /// As many as nobody reads.
  private static final int MAX_REMEMBERED = 500;

  private final Set<ConfigWarning> told = new LinkedHashSet<>();
  private final List<ConfigWarning> fresh = new ArrayList<>();

  /// Keys that nobody knows.
  void unknown(ConfigSource source, TomlValue.Table table) {
    Map<String, Place> unknown = new LinkedHashMap<>();
    ConfigKeys.unknown(table, (name, value) -> unknown.put(name, value.place()));
    if (!unknown.isEmpty()) {
      add(
          new ConfigWarning(
              "Unknown configuration keys are ignored in "
                  + source.label()
                  + ": "
                  + String.join(", ", unknown.keySet()),
              null,
              source.path(),
              range(unknown.values().iterator().next())));
    }
  }

  private static ConfigWarning.@Nullable TextRange range(Place place) {
    Integer line = place.line();
    Integer column = place.column();
    if (line == null || column == null) {
      return null;
    }
    ConfigWarning.TextPosition position = new ConfigWarning.TextPosition(line, column);
    return new ConfigWarning.TextRange(position, position);
  }

  /// What is left without the keys that the source may not set.
  TomlValue.Table allowed(ConfigSource source, TomlValue.Table table, Scope least, Path userFile) {
    List<String> ignored = new ArrayList<>();
    TomlValue.Table allowed = ConfigKeys.allowed(table, least, ignored::add);
    if (!ignored.isEmpty()) {
      add(
          new ConfigWarning(
              "Configuration keys that count only for you are ignored in "
                  + source.label()
                  + ": "
                  + String.join(", ", ignored),
              "If you want them, set them in " + userFile,
              source.path(),
              null));
    }
    return allowed;
  }

  void disabled(Path folder, String reason) {
    add(
        new ConfigWarning(
            "The configuration of the project is not used: " + folder, reason, null, null));
  }

  void broken(boolean hasPrevious, ConfigException problem) {
    if (problem.source() instanceof ConfigSource.Client) {
      add(
          ConfigWarning.broken(
              "Invalid settings of the editor; those from before stay in use.", problem));
      return;
    }
    add(
        ConfigWarning.broken(
            hasPrevious
                ? "Invalid configuration; what it said before stays in use."
                : "Invalid configuration.",
            problem));
  }

  /// @param place of the key that asks for one; null for none
  void noKeyring(@Nullable Place place) {
    add(
        new ConfigWarning(
            "There is no keyring here: a sign-in lasts only as long as the server runs.",
            "cli_auth_credentials_store is \"keyring\"; set it to \"file\" to keep sign-ins in"
                + " auth.json, or to \"ephemeral\" to be told no more",
            place != null && place.origin() instanceof ConfigSource source ? source.path() : null,
            place == null ? null : range(place)));
  }

  private void add(ConfigWarning warning) {
    if (told.size() >= MAX_REMEMBERED) {
      told.clear();
    }
    if (told.add(warning)) {
      fresh.add(warning);
    }
  }

  /// A file has changed: what is wrong with it now is told even if it was told before.
  void forget(@Nullable Path file) {
    told.removeIf(warning -> file != null && file.equals(warning.path()));
  }

  /// Those that nobody has taken yet.
  List<ConfigWarning> take() {
    List<ConfigWarning> taken = List.copyOf(fresh);
    fresh.clear();
    return taken;
  }
}
