package dev.codexlsp.server.doctor;

import dev.codexlsp.core.config.Config;
import dev.codexlsp.core.config.ConfigException;
import dev.codexlsp.core.config.ConfigLoader;
import dev.codexlsp.core.config.EnvironmentsLoader;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The configuration, and what it leads to: without one that can be read there is no model and no
/// place to look at.
public final class ConfigCheck implements Check {
  private final ConfigLoader configs;
  private final EnvironmentsLoader environments;
  private final Map<String, String> variables;
  private final HttpClient http;

  public ConfigCheck(
      ConfigLoader configs,
      EnvironmentsLoader environments,
      Map<String, String> variables,
      HttpClient http) {
    this.configs = configs;
    this.environments = environments;
    this.variables = Map.copyOf(variables);
    this.http = http;
  }

  @Override
  public List<Finding> look() throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    Config config;
    try {
      config = configs.load();
    } catch (ConfigException broken) {
      findings.add(
          Finding.bad(
              "configuration",
              String.valueOf(broken.getMessage()),
              "Mend it; until then no turn runs."));
      return findings;
    }
    findings.add(Finding.good("configuration", config.file() + " can be read"));
    findings.add(EnvironmentsCheck.look(environments, config));
    findings.addAll(ModelCheck.look(config, variables, http));
    return findings;
  }
}
