package dev.codexlsp.core.config;

import dev.codexlsp.core.toml.KeyPath;
import dev.codexlsp.core.toml.TomlEdit;
import dev.codexlsp.core.toml.TomlEditor;
import dev.codexlsp.core.toml.TomlSyntaxException;
import dev.codexlsp.core.toml.TomlValue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Changes the user's file, and no other. Any thread may call it; writers wait for each other,
/// those of other processes included.
public final class ConfigWriter {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final ConfigLoader loader;
  private final ConfigPlaces places;

  /// @param loader knows what the file means together with the others
  public ConfigWriter(ConfigLoader loader) {
    this.loader = loader;
    this.places = loader.places();
  }

  /// A wish.
  ///
  /// @param keyPath as people write it
  /// @param value as plain objects; null takes the key away
  /// @param replaces whether a table becomes exactly this one
  public record Edit(String keyPath, @Nullable Object value, boolean replaces) {}

  /// What has been written.
  ///
  /// @param overridden the first value that does not count; null when all do
  public record Written(Path file, String version, @Nullable Overridden overridden) {}

  /// A value that does not count, because another layer says something else.
  public record Overridden(ConfigLayer layer, Object effectiveValue) {
    public String message() {
      return "Overridden by " + layer.source().label();
    }
  }

  /// All of it, or nothing.
  ///
  /// @param file null for the user's
  /// @param expectedVersion null for whatever there is
  public Written write(List<Edit> edits, @Nullable String file, @Nullable String expectedVersion)
      throws ConfigWriteException, InterruptedException {
    requireUserFile(file);
    List<TomlEdit> changes = changes(edits);
    try {
      UserFile user = new UserFile(places.userFile());
      String text = user.change(before -> changed(before, changes, expectedVersion));
      TomlValue.Table table = parsed(text);
      return new Written(
          user.target(), LayerVersion.of(table), edits.isEmpty() ? null : overridden(changes));
    } catch (IOException failed) {
      throw new ConfigWriteException(
          null, places.userFile() + " cannot be written: " + failed.getMessage());
    }
  }

  private void requireUserFile(@Nullable String file) throws ConfigWriteException {
    if (file != null && !file.equals(places.userFile().toString())) {
      throw new ConfigWriteException(
          ConfigWriteException.Code.CONFIG_LAYER_READONLY,
          "Only writes to the user config are allowed");
    }
  }

  private static List<TomlEdit> changes(List<Edit> edits) throws ConfigWriteException {
    List<TomlEdit> changes = new ArrayList<>();
    for (Edit edit : edits) {
      try {
        changes.add(new TomlEdit(KeyPath.parse(edit.keyPath()), edit.value(), edit.replaces()));
      } catch (TomlSyntaxException wrong) {
        throw invalid(String.valueOf(wrong.getMessage()));
      }
    }
    return changes;
  }

  private String changed(String before, List<TomlEdit> changes, @Nullable String expectedVersion)
      throws ConfigWriteException {
    boolean isMarked = before.startsWith(BYTE_ORDER_MARK);
    String text = isMarked ? before.substring(1) : before;
    String version = LayerVersion.of(parsed(text));
    if (expectedVersion != null && !expectedVersion.equals(version)) {
      throw new ConfigWriteException(
          ConfigWriteException.Code.CONFIG_VERSION_CONFLICT,
          "Configuration was modified since last read. Fetch latest version and retry.");
    }
    try {
      String after = TomlEditor.apply(text, changes);
      validate(after, changes);
      return isMarked ? BYTE_ORDER_MARK + after : after;
    } catch (TomlEdit.Refused refused) {
      throw invalid(String.valueOf(refused.getMessage()));
    } catch (TomlSyntaxException broken) {
      throw new ConfigWriteException(null, places.userFile() + ": " + broken.getMessage());
    }
  }

  private TomlValue.Table parsed(String text) throws ConfigWriteException {
    try {
      return ConfigTable.parsed(
          text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text,
          new ConfigSource.User(places.userFile(), null));
    } catch (ConfigException broken) {
      throw new ConfigWriteException(null, "failed to load configuration: " + broken.getMessage());
    }
  }

  /// Refuses a change that makes a value unusable. What was wrong before, elsewhere in the file, is
  /// no reason to refuse.
  private void validate(String text, List<TomlEdit> changes) throws ConfigWriteException {
    for (TomlEdit change : changes) {
      if (change.path().getFirst().equals("profile") && change.value() != null) {
        throw invalid(
            "`profile` chooses by the command line: use `-p NAME` and `NAME.config.toml`");
      }
    }
    TomlValue.Table table = parsed(text);
    try {
      new ConfigReader(places.userFile(), places.userHome())
          .read(ConfigTable.root(table.over(below()), places.userFile()), Trust.UNKNOWN);
    } catch (ConfigException problem) {
      String key = problem.key();
      for (TomlEdit change : changes) {
        if (change.value() != null && key != null && isAbout(key, change, table)) {
          throw invalid("Invalid configuration: " + problem.problem());
        }
      }
    }
  }

  /// What is said by those who are weaker than the user: a provider may be described there.
  private TomlValue.Table below() {
    TomlValue.Table nothing = TomlValue.Table.empty(new ConfigSource.SessionFlags());
    try {
      return loader.layers(null).layers().stream()
          .filter(layer -> layer.source() instanceof ConfigSource.System)
          .findFirst()
          .map(ConfigLayer::table)
          .orElse(nothing);
    } catch (ConfigException unreadable) {
      return nothing;
    }
  }

  /// Whether the key, which is there, lies in what is changed.
  private static boolean isAbout(String key, TomlEdit change, TomlValue.Table table) {
    String changed = KeyPath.render(change.path());
    boolean isBelow =
        key.equals(changed)
            || key.startsWith(changed + ".")
            || key.startsWith(changed + "[")
            || changed.startsWith(key + ".");
    try {
      String plain = key.replaceAll("\\[.*", "");
      return isBelow && table.at(KeyPath.parse(plain)) != null;
    } catch (TomlSyntaxException _) {
      return isBelow;
    }
  }

  private @Nullable Overridden overridden(List<TomlEdit> changes) {
    try {
      ConfigLayers layers = loader.layers(null);
      for (TomlEdit change : changes) {
        TomlValue effective = layers.merged().at(change.path());
        if (change.value() == null || effective == null) {
          continue;
        }
        for (ConfigLayer layer : layers.layers()) {
          TomlValue said = layer.table().at(change.path());
          if (layer.source().equals(new ConfigSource.User(places.userFile(), null))) {
            break;
          }
          if (said != null && layer.disabledReason() == null) {
            return new Overridden(layer, effective.plain());
          }
        }
      }
      return null;
    } catch (ConfigException unreadable) {
      return null;
    }
  }

  private static ConfigWriteException invalid(String message) {
    return new ConfigWriteException(ConfigWriteException.Code.CONFIG_VALIDATION_ERROR, message);
  }
}
