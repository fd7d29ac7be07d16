package dev.codexlsp.core.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Turns skills off in the user's file, and on again (`[[skills.config]]`). Any thread may use it.
public final class SkillSwitches {
  private static final String KEY = "skills.config";

  /// Somebody else may change the file between our look and our write.
  private static final int TRIES = 5;

  private final ConfigLoader configs;
  private final ConfigWriter writer;

  public SkillSwitches(ConfigLoader configs) {
    this.configs = configs;
    this.writer = new ConfigWriter(configs);
  }

  /// Which skills are meant.
  ///
  /// @param path of a `SKILL.md` or of its folder; exactly one of the two is there
  public record Choice(@Nullable Path path, @Nullable String name) {
    public Choice {
      if ((path == null) == (name == null)) {
        throw new IllegalArgumentException(
            "skills/config/write requires exactly one of path or name");
      }
    }

    private boolean isOf(Map<?, ?> row) {
      return path == null
          ? Objects.equals(name, row.get("name"))
          : path.toString().equals(row.get("path"));
    }

    private Map<String, Object> off() {
      Map<String, Object> row = new LinkedHashMap<>();
      if (path == null) {
        row.put("name", Objects.requireNonNull(name));
      } else {
        row.put("path", path.toString());
      }
      row.put("enabled", false);
      return row;
    }
  }

  /// Whether they are on afterwards: another layer may say something else.
  public boolean turn(Choice choice, boolean on)
      throws ConfigException, ConfigWriteException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      ConfigLayer user = userLayer();
      try {
        writer.write(
            List.of(new ConfigWriter.Edit(KEY, rows(user, choice, on), true)),
            null,
            user == null ? null : user.version());
        break;
      } catch (ConfigWriteException refused) {
        boolean isRace = refused.code() == ConfigWriteException.Code.CONFIG_VERSION_CONFLICT;
        if (!isRace || attempt == TRIES) {
          throw refused;
        }
      }
    }
    return isOn(choice);
  }

  /// Null when none is left.
  private static @Nullable List<Object> rows(
      @Nullable ConfigLayer user, Choice choice, boolean on) {
    List<Object> rows = new ArrayList<>();
    if (user != null
        && user.table().plain().get("skills") instanceof Map<?, ?> skills
        && skills.get("config") instanceof List<?> known) {
      known.stream()
          .filter(row -> !(row instanceof Map<?, ?> map && choice.isOf(map)))
          .forEach(rows::add);
    }
    if (!on) {
      rows.add(choice.off());
    }
    return rows.isEmpty() ? null : rows;
  }

  private @Nullable ConfigLayer userLayer() throws ConfigException {
    return configs.layers(null).layers().stream()
        .filter(layer -> layer.source() instanceof ConfigSource.User user && user.profile() == null)
        .findFirst()
        .orElse(null);
  }

  private boolean isOn(Choice choice) throws ConfigException {
    boolean on = true;
    for (Config.SkillSwitch row : configs.load().skills().switches()) {
      if (choice.equals(new Choice(row.path(), row.name()))) {
        on = row.enabled();
      }
    }
    return on;
  }
}
