package dev.codexlsp.core.config;

import dev.codexlsp.core.config.ConfigKey.Scope;
import dev.codexlsp.core.config.ConfigKey.Use;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rows of [ConfigKeys], as they are written down: name, type, default, who may set it (`any`,
/// `-project` for nobody's project, `user`), and a sentence; a star before the type means that the
/// key is accepted and not used yet. A default in brackets is no value but words.
final class ConfigRows {
  private ConfigRows() {}

  private static final String MODELS =
      """
      model | string | (the provider's) | any | Which model answers.
      model_provider | string | openai | -project | Whose model: a built-in provider (see below) or a name under `model_providers`.
      review_model | string | (the thread's) | any | The model of reviews.
      model_context_window | integer | (the catalogue's) | any | How many tokens the model takes.
      model_auto_compact_token_limit | integer | (the catalogue's) | any | At how many tokens the history is made shorter.
      model_auto_compact_token_limit_scope | "total", "body_after_prefix" | total | any | What is counted against that limit.
      model_reasoning_effort | string | (the model's) | any | How long the model thinks: any word that it knows.
      plan_mode_reasoning_effort | string | (the model's) | any | The same in plan mode.
      model_reasoning_summary | "auto", "concise", "detailed", "none" | (the model's) | any | How much the model tells of its thoughts.
      model_verbosity | "low", "medium", "high" | (the model's) | any | How long the answers are.
      service_tier | string | (none) | any | The service tier that is asked for.
      personality | "none", "friendly", "pragmatic" | (the model's) | any | `none` leaves out what a model's own instructions say of a personality; the other words change nothing, as in the original.
      model_catalog_json | path | (none) | user | A file that describes further models.
      tool_output_token_limit | integer | (none) | any | How many tokens a tool may answer with.
      model_providers.* | table | (none) | user | A provider of your own, with the keys below.
      """;

  private static final String PROVIDERS =
      """
      model_providers.*.name | string | (its name) | user | What people call it.
      model_providers.*.base_url | URL | (needed) | user | What `/responses` or `/chat/completions` is put after.
      model_providers.*.wire_api | "responses", "chat" | responses | user | Which of the two it speaks; `chat` is ours.
      model_providers.*.env_key | string | (none) | user | The environment variable that holds the key.
      model_providers.*.env_key_instructions | string | (none) | user | Where people get the key.
      model_providers.*.query_params | table | {} | user | What is put after every URL.
      model_providers.*.experimental_bearer_token | string | (none) | user | The key itself, for those who do not mind it in a file.
      model_providers.*.requires_openai_auth | boolean | false | user | Whether it wants the OpenAI account.
      model_providers.*.ca_file | path | (the machine's) | user | Ours: certificates that it may be signed by.
      model_providers.*.http_headers | table | {} | user | Headers of every request.
      model_providers.*.env_http_headers | table | {} | user | The same, from the environment variables that are named.
      model_providers.*.request_max_retries | integer | 4 | user | How often a request is tried again.
      model_providers.*.stream_max_retries | integer | 5 | user | How often an answer that breaks off is asked for again.
      model_providers.*.stream_idle_timeout_ms | integer | 300000 | user | How long an answer may stay silent.
      """;

  private static final String PERMISSIONS =
      """
      approval_policy | "untrusted", "on-request", "never", table | on-request | any | When the user is asked; `untrusted` in a project marked as untrusted.
      approval_policy.granular | table | (none) | any | What may be asked about: `sandbox_approval`, `rules`, `skill_approval`, `request_permissions`, `mcp_elicitations`.
      approvals_reviewer | "user", "auto_review" | user | any | Who answers first when something has to be approved.
      approval.known_safe | boolean | false | user | Ours: whether commands that only look run without a question.
      sandbox_mode | "read-only", "workspace-write", "danger-full-access" | read-only | any | What commands may touch; `workspace-write` in a project marked as trusted.
      sandbox.outer_boundary | boolean | false | user | Ours: whether this machine is a container or the like and boundary enough; then nothing is confined within it.
      sandbox_workspace_write.writable_roots | list of paths | [] | any | Folders that may be written besides the workspace.
      sandbox_workspace_write.network_access | boolean | false | any | Whether commands reach the network.
      sandbox_workspace_write.exclude_tmpdir_env_var | boolean | false | any | Whether `TMPDIR` stays unwritable.
      sandbox_workspace_write.exclude_slash_tmp | boolean | false | any | Whether `/tmp` stays unwritable.
      projects.*.trust_level | "trusted", "untrusted" | (unknown) | user | Whether the project at this path may configure itself.
      features.request_permissions_tool | boolean | false | any | Whether models may ask for wider permissions.
      features | *table | {} | any | Other switches of the original.
      shell_environment_policy.inherit | "all", "core", "none" | all | user | Which variables a command begins with.
      shell_environment_policy.ignore_default_excludes | boolean | false | user | Whether variables pass whose names have KEY, SECRET or TOKEN in them; the original lets them pass.
      shell_environment_policy.exclude | list of patterns | [] | user | Names that are then left out.
      shell_environment_policy.set | table | {} | user | Variables that are then added.
      shell_environment_policy.include_only | list of patterns | [] | user | The only names that are then kept.
      shell_environment_policy.experimental_use_profile | *boolean | false | user | Whether the shell reads its start-up files.
      background_terminal_max_timeout | integer | 300000 | any | How many milliseconds a model may wait in one call for a command that runs in the background; at least 5000.
      """;

  private static final String PROMPTS =
      """
      instructions | string | (ours) | any | In the place of the base instructions.
      model_instructions_file | path | (ours) | user | The same in a file, which goes first.
      developer_instructions | string | (none) | any | What the model is told besides.
      compact_prompt | string | (ours) | any | What asks for the summary when the history is made shorter.
      include_permissions_instructions | boolean | true | any | Whether the model is told what it may do.
      include_environment_context | boolean | true | any | Whether it is told where it works.
      include_apps_instructions | *boolean | true | any | Whether it is told of apps, of which we have none.
      include_collaboration_mode_instructions | boolean | true | any | Whether it is told of the mode of work.
      project_doc_max_bytes | integer | 32768 | any | How much is read of a project's `AGENTS.md` files; 0 for nothing.
      project_doc_fallback_filenames | list of names | [] | any | What is read where there is no `AGENTS.md`.
      project_root_markers | list of names | [".git"] | user | What makes a folder the root of a project.
      skills.include_instructions | boolean | true | any | Whether models are told of skills.
      skills.bundled.enabled | boolean | true | any | Whether the skills that come with the program count.
      skills.config | list of tables | [] | any | Turns skills on and off, by `path` or `name` and `enabled`.
      """;

  private static final String REST =
      """
      profile | string | (none) | user | Which profile holds: `NAME.config.toml` beside this file, or `[profiles.NAME]` in it.
      profiles.* | table | (none) | user | Keys that hold when the profile is chosen.
      cli_auth_credentials_store | "file", "keyring", "auto", "ephemeral" | file | user | Where a sign-in is kept: by `file` and `auto` in `auth.json`, by `ephemeral` in memory as long as the server runs. We have no keyring: `keyring` is reported and does the same as `ephemeral`.
      openai_base_url | URL | (OpenAI's) | user | Where the built-in provider `openai` is.
      chatgpt_base_url | *URL | (OpenAI's) | user | Where accounts are.
      oss_provider | *string | (none) | user | Which local provider `--oss` means.
      forced_login_method | *string | (none) | user | The only way to sign in.
      forced_chatgpt_workspace_id | *string | (none) | user | The only workspace to sign in to.
      mcp_servers | *table | {} | user | Servers of further tools.
      mcp_oauth_credentials_store | *string | auto | user | Where their tokens are kept.
      mcp_oauth_callback_port | *integer | (any) | user | Where their sign-in comes back to.
      mcp_oauth_callback_url | *URL | (none) | user | The same.
      hooks | *table | {} | user | Programs that are run when something happens.
      notify | *list | (none) | user | A program that is told when a turn has ended.
      otel | *table | {} | user | Where telemetry goes.
      analytics | *table | {} | user | Of the original; nothing is sent anywhere.
      feedback | *table | {} | user | Of the original; nothing is sent anywhere.
      default_permissions | *string | (none) | user | The named permissions that hold.
      permissions | *table | {} | user | Permissions by name.
      allow_login_shell | *boolean | true | any | Whether commands may ask for a login shell.
      sqlite_home | *path | (this folder) | user | Where databases are kept.
      log_dir | *path | (this folder) | user | Where logs are kept.
      thread_unload_delay_secs | *integer | 1800 | user | How long a thread nobody follows stays loaded.
      web_search | *string | (none) | any | Whether the model may search the web.
      tools | *table | {} | any | Settings of single tools.
      agents | *table | {} | any | Agents that help others.
      memories | *table | {} | user | What is remembered between threads.
      history | *table | {} | user | What the terminal interface keeps of prompts.
      tui | *table | {} | any | The terminal interface of the original.
      apps | *table | {} | user | Apps of the original.
      plugins | *table | {} | user | Plugins of the original.
      marketplaces | *table | {} | user | Where they come from.
      notice | *table | {} | user | What the original has told already.
      desktop | *table | {} | user | The desktop application.
      windows | *table | {} | user | Windows.
      file_opener | *string | (none) | any | How file names become links.
      hide_agent_reasoning | *boolean | false | any | Of the terminal interface.
      show_raw_agent_reasoning | *boolean | false | any | Of the terminal interface.
      check_for_update_on_startup | *boolean | true | user | Of the original's installer.
      suppress_unstable_features_warning | *boolean | false | any | Of the original.
      disable_paste_burst | *boolean | false | any | Of the terminal interface.
      model_providers.*.auth | *table | {} | user | A program that tells the key.
      model_providers.*.supports_websockets | *boolean | false | user | Whether it speaks WebSocket.
      model_providers.*.websocket_connect_timeout_ms | *integer | (none) | user | How long that may take.
      """;

  static List<ConfigKey> all() {
    return List.of(MODELS, PROVIDERS, PERMISSIONS, PROMPTS, REST).stream()
        .flatMap(String::lines)
        .map(ConfigRows::row)
        .toList();
  }

  private static ConfigKey row(String line) {
    String[] cells = line.split(" \\| ", -1);
    String absent = cells[2].strip();
    String word = cells[1].strip();
    boolean isAccepted = word.startsWith("*");
    String type = isAccepted ? word.substring(1) : word;
    return new ConfigKey(
        Arrays.asList(cells[0].strip().split("\\.")),
        type,
        absent,
        value(absent, type),
        scope(cells[3].strip()),
        isAccepted ? Use.ACCEPTED : Use.READ,
        cells[4].strip());
  }

  private static Scope scope(String word) {
    return switch (word) {
      case "any" -> Scope.ANYBODY;
      case "-project" -> Scope.NO_PROJECT;
      case "user" -> Scope.USER;
      default -> throw new IllegalArgumentException("no scope: " + word);
    };
  }

  private static @Nullable Object value(String absent, String type) {
    if (absent.startsWith("(") || absent.equals("{}")) {
      return null;
    }
    if (absent.startsWith("[")) {
      String inside = absent.substring(1, absent.length() - 1).replace("\"", "");
      return inside.isEmpty() ? List.of() : List.of(inside);
    }
    return switch (type) {
      case "boolean" -> Boolean.valueOf(absent);
      case "integer" -> Long.valueOf(absent);
      default -> absent;
    };
  }
}
