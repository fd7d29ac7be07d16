package dev.codexlsp.core.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the parts of a [Config] that belong together. What is missing has its default.
///
/// @param userHome what `~` in a path stands for
record SectionReader(ConfigTable root, Path userHome) {
  private static final Duration MAX_TERMINAL_LIMIT = Duration.ofDays(1);

  private enum SummaryWord {
    AUTO,
    CONCISE,
    DETAILED,
    NONE
  }

  private enum VerbosityWord {
    LOW,
    MEDIUM,
    HIGH
  }

  EnvironmentPolicy environment() throws ConfigException {
    ConfigTable table = root.table("shell_environment_policy");
    EnvironmentPolicy absent = EnvironmentPolicy.DEFAULTS;
    return new EnvironmentPolicy(
        table.word("inherit", EnvironmentPolicy.Inherit.values(), absent.inherit()),
        table.flag("ignore_default_excludes", absent.ignoresDefaultExcludes()),
        table.strings("exclude"),
        variables(table),
        table.strings("include_only"));
  }

  /// No message quotes a value: it may be a secret.
  private static Map<String, String> variables(ConfigTable table) throws ConfigException {
    Map<String, String> variables = table.stringMap("set");
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      String name = variable.getKey();
      if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
        throw table.error("set", "names a variable that cannot be: " + ConfigTable.quoted(name));
      }
      if (variable.getValue().indexOf('\0') >= 0) {
        throw table.error("set", "has a value that cannot be passed on: that of " + name);
      }
    }
    return variables;
  }

  Config.Context context() throws ConfigException {
    return new Config.Context(
        tokens("model_context_window"),
        tokens("model_auto_compact_token_limit"),
        root.word(
            "model_auto_compact_token_limit_scope",
            Config.CompactScope.values(),
            Config.Context.DEFAULTS.compactScope(),
            '_'),
        toolOutputLimit());
  }

  private @Nullable Long tokens(String key) throws ConfigException {
    long tokens = root.integer(key, 1, Long.MAX_VALUE, 0);
    return tokens == 0 ? null : tokens;
  }

  private @Nullable Integer toolOutputLimit() throws ConfigException {
    long tokens = root.integer("tool_output_token_limit", 1, Integer.MAX_VALUE, 0);
    return tokens == 0 ? null : Math.toIntExact(tokens);
  }

  Config.Prompt prompt() throws ConfigException {
    Config.Prompt absent = Config.Prompt.DEFAULTS;
    return new Config.Prompt(
        root.optionalString("instructions", null),
        root.path("model_instructions_file", userHome),
        root.optionalString("developer_instructions", null),
        root.optionalString("compact_prompt", null),
        root.flag("include_permissions_instructions", absent.includesPermissions()),
        root.flag("include_environment_context", absent.includesEnvironment()),
        root.flag("include_collaboration_mode_instructions", absent.includesCollaborationMode()));
  }

  Config.Docs docs() throws ConfigException {
    Config.Docs absent = Config.Docs.DEFAULTS;
    return new Config.Docs(
        (int) root.integer("project_doc_max_bytes", 0, Integer.MAX_VALUE, absent.maxBytes()),
        root.strings("project_doc_fallback_filenames", absent.fallbackNames()),
        root.strings("project_root_markers", absent.rootMarkers()));
  }

  Config.Answers answers() throws ConfigException {
    return new Config.Answers(
        root.optionalWord("model_reasoning_summary", SummaryWord.values()),
        root.optionalWord("model_verbosity", VerbosityWord.values()),
        root.optionalString("service_tier", null),
        personality(),
        root.optionalString("plan_mode_reasoning_effort", null),
        root.optionalString("review_model", null));
  }

  private Config.@Nullable Personality personality() throws ConfigException {
    Config.Personality[] words = Config.Personality.values();
    return root.has("personality") ? root.word("personality", words, words[0]) : null;
  }

  Config.Skills skills() throws ConfigException {
    ConfigTable table = root.table("skills");
    List<Config.SkillSwitch> switches = new ArrayList<>();
    for (ConfigTable row : table.tables("config")) {
      Path path = row.path("path", userHome);
      String name = row.optionalString("name", null);
      if ((path == null) == (name == null)) {
        throw row.error("path", "or name must be there, and not both");
      }
      switches.add(new Config.SkillSwitch(path, name, row.flag("enabled", true)));
    }
    return new Config.Skills(
        table.flag("include_instructions", Config.Skills.DEFAULTS.includesInstructions()),
        table.table("bundled").flag("enabled", Config.Skills.DEFAULTS.includesBundled()),
        switches);
  }

  Config.Storage storage() throws ConfigException {
    return new Config.Storage(
        root.word(
            "cli_auth_credentials_store",
            Config.CredentialStore.values(),
            Config.Storage.DEFAULTS.credentials()),
        root.path("model_catalog_json", userHome));
  }

  Duration terminalLimit() throws ConfigException {
    return Duration.ofMillis(
        Math.min(
            MAX_TERMINAL_LIMIT.toMillis(),
            root.integer(
                "background_terminal_max_timeout",
                0,
                Long.MAX_VALUE,
                Config.DEFAULT_TERMINAL_LIMIT.toMillis())));
  }
}
