package dev.codexlsp.server;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// What the command line says of the configuration.
///
/// @param config each `-c`, as it was written
/// @param profile `-p`; null for none
record ServerOptions(List<String> config, @Nullable String profile) {
  static final ServerOptions NONE = new ServerOptions(List.of(), null);

  ServerOptions {
    config = List.copyOf(config);
  }

  /// The options, for a command that shall have them.
  static final class Specs {
    private final OptionSpec config =
        OptionSpec.builder("-c", "--config")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .paramLabel("KEY=VALUE")
            .description("Goes before every configuration file; the value is TOML, or else text.")
            .build();
    private final OptionSpec profile =
        OptionSpec.builder("-p", "--profile")
            .type(String.class)
            .paramLabel("NAME")
            .description("Goes before config.toml: what NAME.config.toml beside it says.")
            .build();

    CommandSpec addTo(CommandSpec command) {
      return command.addOption(config).addOption(profile);
    }

    /// What they were, once the command line has been read.
    ServerOptions values() {
      List<String> settings = config.getValue();
      String name = profile.getValue();
      return new ServerOptions(settings == null ? List.of() : settings, name);
    }
  }
}
