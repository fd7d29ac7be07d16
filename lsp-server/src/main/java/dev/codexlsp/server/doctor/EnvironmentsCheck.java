package dev.codexlsp.server.doctor;

import dev.codexlsp.core.config.Config;
import dev.codexlsp.core.config.ConfigException;
import dev.codexlsp.core.config.EnvironmentsConfig;
import dev.codexlsp.core.config.EnvironmentsLoader;

/// Where commands run.
final class EnvironmentsCheck {
  private static final String SUBJECT = "environments";

  private EnvironmentsCheck() {}

  static Finding look(EnvironmentsLoader loader, Config config) {
    try {
      EnvironmentsConfig environments = loader.load(config);
      String chosen = environments.defaultId();
      if (chosen == null) {
        return Finding.doubtful(
            SUBJECT,
            "commands run nowhere unless a thread names an environment",
            "Set default in environments.toml.");
      }
      int others = environments.remotes().size();
      return Finding.good(
          SUBJECT,
          "commands run in \"" + chosen + "\"" + (others == 0 ? "" : "; " + others + " elsewhere"));
    } catch (ConfigException broken) {
      return Finding.bad(
          SUBJECT, String.valueOf(broken.getMessage()), "Mend it; until then no turn runs.");
    }
  }
}
