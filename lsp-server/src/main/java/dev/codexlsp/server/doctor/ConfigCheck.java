package dev.codexlsp.server.doctor;

import dev.codexlsp.core.config.Config;
import dev.codexlsp.core.config.ConfigException;
import dev.codexlsp.core.config.ConfigLoader;
import dev.codexlsp.core.config.ConfigWarning;
import dev.codexlsp.core.config.EnvironmentsLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The configuration, and what it leads to: without one that can be read there is no model and no
/// place to look at.
public final class ConfigCheck implements Check {
  private final ConfigLoader configs;
  private final EnvironmentsLoader environments;
  private final ModelCheck model;

  public ConfigCheck(ConfigLoader configs, EnvironmentsLoader environments, ModelCheck model) {
    this.configs = configs;
    this.environments = environments;
    this.model = model;
  }

  @Override
  public List<Finding> look() throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    Config config;
    List<Finding> doubts = new ArrayList<>();
    Consumer<ConfigWarning> listener = warning -> doubts.add(doubt(warning));
    configs.addListener(listener);
    try {
      config = configs.load();
    } catch (ConfigException broken) {
      findings.add(
          Finding.bad(
              "configuration",
              String.valueOf(broken.getMessage()),
              "Mend it; until then no turn runs."));
      return findings;
    } finally {
      configs.removeListener(listener);
    }
    findings.add(Finding.good("configuration", config.file() + " can be read"));
    findings.addAll(doubts);
    findings.add(EnvironmentsCheck.look(environments, config));
    findings.addAll(model.look(config));
    return findings;
  }

  private static Finding doubt(ConfigWarning warning) {
    String details = warning.details();
    return Finding.doubtful(
        "configuration", warning.summary(), details == null ? "Mend the file." : details);
  }
}
