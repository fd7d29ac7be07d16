package dev.codexlsp.core.config;

import static dev.codexlsp.core.config.KeyRow.body;
import static dev.codexlsp.core.config.KeyRow.header;
import static dev.codexlsp.core.config.KeyRow.part;
import static dev.codexlsp.core.config.KeyRow.row;
import static dev.codexlsp.core.config.KeyRow.says;

import dev.codexlsp.core.config.KeyWorld.Talk;
import java.util.List;
import java.util.stream.Stream;

/// What each key changes.
final class KeyRows {
  private KeyRows() {}

  static Stream<KeyRow> all() {
    return Stream.of(models(), providers(), limits(), commands(), prompts(), context(), rest())
        .flatMap(List::stream);
  }

  private static List<KeyRow> models() {
    String catalogue = "model_catalog_json = 'models.json'";
    return List.of(
        row("model", "'gpt-5.4'", body("model")).changes("gpt-5.5", "gpt-5.4"),
        row("model_provider", "'other'", KeyRow::path)
            .in("model_providers.other.base_url = '$model/other'")
            .changes("/v1/responses", "/v1/other/responses"),
        row("review_model", "'gpt-5.4'", body("model"))
            .by(Talk.REVIEW)
            .changes("gpt-5.5", "gpt-5.4"),
        row("model_context_window", "100000", KeyRow::window).changes("258400", "95000"),
        row("model_auto_compact_token_limit", "12", KeyRow::calls)
            .by(Talk.TWO_TURNS)
            .changes("2", "3"),
        row("model_auto_compact_token_limit_scope", "'body_after_prefix'", KeyRow::calls)
            .in("model_auto_compact_token_limit = 12")
            .by(Talk.TWO_TURNS)
            .changes("3", "2"),
        row("model_reasoning_effort", "'low'", body("reasoning.effort")).changes("medium", "low"),
        row("plan_mode_reasoning_effort", "'high'", body("reasoning.effort"))
            .by(Talk.PLAN)
            .changes("medium", "high"),
        row("model_reasoning_summary", "'concise'", body("reasoning.summary"))
            .changes("absent", "concise"),
        row("model_verbosity", "'high'", body("text.verbosity")).changes("low", "high"),
        row("service_tier", "'flex'", body("service_tier")).changes("absent", "flex"),
        row("personality", "'none'", says("# Personality"))
            .in(catalogue, "model = 'warm'")
            .changes("true", "false"),
        row("model_catalog_json", "'models.json'", body("reasoning.effort"))
            .in("model = 'warm'")
            .changes("absent", "high"));
  }

  private static List<KeyRow> providers() {
    String p = "model_providers.mine.";
    return List.of(
        row(p + "name", "'Mine'", seen -> seen.config().provider().name()).changes("mine", "Mine"),
        row(p + "base_url", "'$model/deep/'", KeyRow::path)
            .changes("/v1/responses", "/v1/deep/responses"),
        row(p + "wire_api", "'chat'", KeyRow::path)
            .changes("/v1/responses", "/v1/chat/completions"),
        row(p + "env_key", "'P_KEY'", header("authorization")).changes("absent", "Bearer sk-of-p"),
        row(p + "env_key_instructions", "'ask Ada'", KeyRow::error)
            .in(p + "env_key = 'NONE'")
            .changes(missing(""), missing(": ask Ada")),
        row(p + "query_params", "{ v = '1' }", KeyRow::path)
            .changes("/v1/responses", "/v1/responses?v=1"),
        row(p + "experimental_bearer_token", "'sk-bare'", header("authorization"))
            .changes("absent", "Bearer sk-bare"),
        row(p + "requires_openai_auth", "true", header("authorization"))
            .changes("absent", "Bearer sk-of-openai"),
        row(p + "ca_file", "'$home/ca.pem'", KeyRow::calls)
            .in(p + "base_url = '$secure'")
            .changes("0", "1"),
        row(p + "http_headers", "{ x-a = 'a' }", header("x-a")).changes("absent", "a"),
        row(p + "env_http_headers", "{ x-b = 'FRUIT' }", header("x-b")).changes("absent", "pear"),
        row(p + "request_max_retries", "1", KeyRow::calls)
            .hearing("http {\"status\": 500}")
            .changes("1", "2"),
        row(p + "stream_max_retries", "1", KeyRow::calls).hearing("cut").changes("1", "2"));
  }

  private static String missing(String more) {
    return "the environment variable NONE, which the provider \"mine\" takes its credential from,"
        + " is not set or empty"
        + more;
  }

  private static List<KeyRow> limits() {
    String inside = "sandbox_workspace_write.";
    String workspace = "sandbox_mode = 'workspace-write'";
    return List.of(
        row("approval_policy", "'untrusted'", KeyRow::policy).changes("Never[]", "Untrusted[]"),
        row("approval_policy.granular", "{ rules = true }", KeyRow::policy)
            .in("-approval_policy")
            .changes("OnRequest[]", granular()),
        row("approvals_reviewer", "'auto_review'", seen -> "" + seen.opened().approvalsReviewer())
            .changes("USER", "AUTO_REVIEW"),
        row("approval.known_safe", "true", seen -> "" + seen.questions())
            .in("approval_policy = 'untrusted'")
            .hearing(command("ls"))
            .changes("1", "0"),
        row("sandbox_mode", "'read-only'", KeyRow::sandbox)
            .changes("DangerFullAccess[]", "ReadOnly[networkAccess=false]"),
        row("sandbox.outer_boundary", "true", KeyRow::sandbox)
            .changes("DangerFullAccess[]", "ExternalSandbox[networkAccess=ENABLED]"),
        row(inside + "writable_roots", "['/data']", KeyRow::sandbox)
            .in(workspace)
            .changes(writable("[]", false, false, false), writable("[/data]", false, false, false)),
        row(inside + "network_access", "true", KeyRow::sandbox)
            .in(workspace)
            .changes(writable("[]", false, false, false), writable("[]", true, false, false)),
        row(inside + "exclude_tmpdir_env_var", "true", KeyRow::sandbox)
            .in(workspace)
            .changes(writable("[]", false, false, false), writable("[]", false, true, false)),
        row(inside + "exclude_slash_tmp", "true", KeyRow::sandbox)
            .in(workspace)
            .changes(writable("[]", false, false, false), writable("[]", false, false, true)),
        row("projects.\"$project\".trust_level", "'trusted'", KeyRow::sandbox)
            .in("-sandbox_mode")
            .changes("ReadOnly[networkAccess=false]", writable("[]", false, false, false)),
        row(
                "features.request_permissions_tool",
                "true",
                seen -> offers(seen, "request_permissions"))
            .changes("false", "true"));
  }

  private static String offers(KeyWorld.Seen seen, String tool) {
    return "" + body("tools").apply(seen).contains("\"name\":\"" + tool + "\"");
  }

  private static String granular() {
    return "Granular[sandboxApproval=false, rules=true, skillApproval=false,"
        + " requestPermissions=false, mcpElicitations=false]";
  }

  private static String writable(String roots, boolean network, boolean tmpdir, boolean tmp) {
    return "WorkspaceWrite[writableRoots=%s, networkAccess=%s, excludeTmpdirEnvVar=%s,"
            .formatted(roots, network, tmpdir)
        + " excludeSlashTmp=%s]".formatted(tmp);
  }

  private static String command(String cmd) {
    return "call {\"name\":\"exec_command\",\"callId\":\"c\",\"arguments\":"
        + "{\"login\":false,\"cmd\":\"%s\"}}".formatted(cmd);
  }

  private static List<KeyRow> commands() {
    String p = "shell_environment_policy.";
    String look = command("echo =$FRUIT/$FRUIT_TOKEN/$SAID=");
    var seen = part("(=[^=]*/[^=]*/[^=]*=)\\\\n\"");
    return List.of(
        row(p + "inherit", "'none'", seen).hearing(look).changes("=pear//=", "=//="),
        row(p + "ignore_default_excludes", "true", seen)
            .hearing(look)
            .changes("=pear//=", "=pear/t/="),
        row(p + "exclude", "['FRU*']", seen).hearing(look).changes("=pear//=", "=//="),
        row(p + "set", "{ SAID = 'so' }", seen).hearing(look).changes("=pear//=", "=pear//so="),
        row(p + "include_only", "['PATH']", seen).hearing(look).changes("=pear//=", "=//="),
        row("tool_output_token_limit", "10", says("tokens truncated"))
            .hearing(command("seq 1000"))
            .changes("false", "true"));
  }

  private static List<KeyRow> prompts() {
    return List.of(
        row("instructions", "'You are brief.'", KeyRow::first)
            .in("model_catalog_json = 'models.json'", "model = 'warm'")
            .changes("HEAD", "You are brief."),
        row("model_instructions_file", "'base.md'", KeyRow::first)
            .in("instructions = 'You are brief.'")
            .changes("You are brief.", "You are a file."),
        row("developer_instructions", "'Use tabs.'", says("Use tabs.")).changes("false", "true"),
        row("compact_prompt", "'Sum up.'", says("Sum up."))
            .by(Talk.COMPACT)
            .changes("false", "true"),
        row("include_permissions_instructions", "false", says("<permissions instructions>"))
            .changes("true", "false"),
        row("include_environment_context", "false", says("<environment_context>"))
            .changes("true", "false"),
        row("include_collaboration_mode_instructions", "false", says("<collaboration_mode>"))
            .by(Talk.PLAN)
            .changes("true", "false"));
  }

  private static List<KeyRow> context() {
    return List.of(
        row("project_doc_max_bytes", "0", says("Outer.")).changes("true", "false"),
        row("project_doc_fallback_filenames", "['NOTES.md']", says("Noted."))
            .changes("false", "true"),
        row("project_root_markers", "['.nothing']", says("Outer.")).changes("true", "false"),
        row("skills.include_instructions", "false", says("<skills_instructions>"))
            .changes("true", "false"),
        row("skills.bundled.enabled", "false", says("of theirs")).changes("true", "false"),
        row("skills.config", "[{ name = 'mine', enabled = false }]", says("of mine"))
            .changes("true", "false"));
  }

  private static List<KeyRow> rest() {
    return List.of(
        row("profile", "'quick'", body("model")).changes("gpt-5.5", "of-the-profile"),
        row("profiles.mine", "{ model = 'of-mine' }", body("model"))
            .in("profile = 'mine'")
            .changes("gpt-5.5", "of-mine"),
        row("cli_auth_credentials_store", "'ephemeral'", s -> "" + s.folder().contains("auth.json"))
            .by(Talk.LOGIN)
            .changes("true", "false"),
        row("openai_base_url", "'$model/gate'", KeyRow::path)
            .in("model_provider = 'openai'")
            .changes("", "/v1/gate/responses"));
  }
}
