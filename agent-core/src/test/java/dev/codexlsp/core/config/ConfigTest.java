package dev.codexlsp.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codexlsp.core.approval.ApprovalPolicy;
import dev.codexlsp.core.approval.ApprovalsReviewer;
import dev.codexlsp.core.model.ModelProvider;
import dev.codexlsp.core.model.WireApi;
import dev.codexlsp.exec.sandbox.PermissionProfile.Network;
import dev.codexlsp.exec.sandbox.SandboxPolicy;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What each key means, and what is said when its value is wrong.
class ConfigTest {
  private static final Path FILE = Path.of("/codex-home/config.toml");
  private static final Path HOME = Path.of("/home/me");

  private static final Config DEFAULTS =
      new Config(
          FILE,
          "gpt-5.5",
          "openai",
          BuiltInProviders.BY_ID,
          ApprovalPolicy.ON_REQUEST,
          new SandboxPolicy.ReadOnly(false),
          false,
          ApprovalsReviewer.USER,
          false,
          null,
          EnvironmentPolicy.DEFAULTS,
          Config.Context.DEFAULTS,
          Config.Prompt.DEFAULTS,
          Config.Docs.DEFAULTS,
          Config.Answers.DEFAULTS,
          Config.Skills.DEFAULTS,
          Config.Storage.DEFAULTS,
          Duration.ofMinutes(5));

  @Test
  void defaults() {
    assertThat(Config.defaults(FILE)).isEqualTo(DEFAULTS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing\n", "[sandbox_workspace_write]\n", "unknown = 1\n"})
  void anEmptyFileIsTheDefaults(String text) throws Exception {
    assertThat(read(text)).isEqualTo(DEFAULTS);
  }

  @Test
  void aFileWrittenForTheOriginal() throws Exception {
    ModelProvider acme =
        new ModelProvider(
            "acme",
            "Acme",
            new ModelProvider.Endpoint(
                URI.create("https://models.acme.example/v1"),
                WireApi.RESPONSES,
                Map.of("api-version", "2026-01-01"),
                null),
            new ModelProvider.Access(
                "ACME_KEY",
                "ask the platform team",
                null,
                false,
                Map.of("X-Secret", "ACME_SECRET")),
            Map.of("X-Team", "editors", "X-Plain", "1"),
            7,
            100,
            Duration.ofMillis(1_500));
    ModelProvider local = provider("local.one", "http://127.0.0.1:8080");
    assertThat(read(resource("written-for-the-original.toml")))
        .isEqualTo(
            new Config(
                FILE,
                "gpt-5.5-mini",
                "acme",
                withBuiltIn(acme, local),
                ApprovalPolicy.UNTRUSTED,
                new SandboxPolicy.WorkspaceWrite(
                    List.of(
                        Path.of("/srv/scratch"),
                        Path.of("/home/me/notes"),
                        Path.of("/codex-home/cache")),
                    true,
                    false,
                    true),
                false,
                ApprovalsReviewer.USER,
                false,
                "xhigh",
                new EnvironmentPolicy(
                    EnvironmentPolicy.Inherit.CORE,
                    false,
                    List.of("AWS_*"),
                    Map.of("CI", "1"),
                    List.of()),
                new Config.Context(null, null, Config.CompactScope.TOTAL, 12_000),
                DEFAULTS.prompt(),
                new Config.Docs(65_536, List.of("CLAUDE.md"), List.of(".git")),
                new Config.Answers(
                    "detailed", "low", null, Config.Personality.PRAGMATIC, null, null),
                DEFAULTS.skills(),
                DEFAULTS.storage(),
                DEFAULTS.terminalLimit()));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "\"untrusted\", UNTRUSTED",
        "\"on-request\", ON_REQUEST",
        "\"never\", NEVER",
        "\"on-failure\", ON_REQUEST",
      })
  void approvalPolicies(String value, String expectedName) throws Exception {
    ApprovalPolicy expected =
        switch (expectedName) {
          case "UNTRUSTED" -> ApprovalPolicy.UNTRUSTED;
          case "NEVER" -> ApprovalPolicy.NEVER;
          default -> ApprovalPolicy.ON_REQUEST;
        };
    assertThat(read("approval_policy = " + value).approvalPolicy()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"read-only", "workspace-write", "danger-full-access"})
  void anOuterBoundaryTakesThePlaceOfEveryMode(String mode) throws Exception {
    String text = "sandbox_mode = \"" + mode + "\"\n[sandbox]\nouter_boundary = ";
    assertThat(read(text + "true\n").sandboxPolicy())
        .isEqualTo(new SandboxPolicy.ExternalSandbox(Network.ENABLED));
    assertThat(read(text + "false\n")).isEqualTo(read("sandbox_mode = \"" + mode + "\"\n"));
  }

  @Test
  void aGranularPolicyAsksAboutNothingThatItDoesNotName() throws Exception {
    assertThat(read("approval_policy = { granular = { rules = true } }").approvalPolicy())
        .isEqualTo(new ApprovalPolicy.Granular(false, true, false, false, false));
  }

  @ParameterizedTest
  @CsvSource({"user, USER", "auto_review, AUTO_REVIEW", "guardian_subagent, AUTO_REVIEW"})
  void reviewers(String value, ApprovalsReviewer expected) throws Exception {
    assertThat(read("approvals_reviewer = '" + value + "'").approvalsReviewer())
        .isEqualTo(expected);
  }

  @Test
  void commandsThatOnlyLookRunUnaskedWhenTheUserSaysSo() throws Exception {
    assertThat(read("approval.known_safe = true").runsKnownSafe()).isTrue();
  }

  @Test
  void modelsMayAskForPermissionsWhenTheUserSaysSo() throws Exception {
    assertThat(read("features.request_permissions_tool = true").requestsPermissions()).isTrue();
  }

  @Test
  void commandsMaySeeWhatLooksLikeCredentialsWhenTheUserSaysSo() throws Exception {
    String text = "[shell_environment_policy]\nignore_default_excludes = true";
    assertThat(read(text).shellEnvironment().ignoresDefaultExcludes()).isTrue();
    assertThat(DEFAULTS.shellEnvironment().ignoresDefaultExcludes()).isFalse();
  }

  @Test
  void sandboxModes() throws Exception {
    String table =
        """
        [sandbox_workspace_write]
        writable_roots = ["/a/../b", "~", "~x"]
        exclude_tmpdir_env_var = true
        """;
    assertThat(read("sandbox_mode = 'read-only'\n" + table).sandboxPolicy())
        .isEqualTo(new SandboxPolicy.ReadOnly(false));
    assertThat(read("sandbox_mode = 'danger-full-access'\n" + table).sandboxPolicy())
        .isEqualTo(new SandboxPolicy.DangerFullAccess());
    assertThat(read("sandbox_mode = 'workspace-write'\n" + table).sandboxPolicy())
        .isEqualTo(
            new SandboxPolicy.WorkspaceWrite(
                List.of(Path.of("/b"), HOME, Path.of("/codex-home/~x")), false, true, false));
    assertThat(read("sandbox_mode = 'workspace-write'").sandboxPolicy())
        .isEqualTo(new SandboxPolicy.WorkspaceWrite(List.of(), false, false, false));
  }

  @Test
  void anOllamaWithItsModel() throws Exception {
    Config config = read("model_provider = 'ollama'\nmodel = 'qwen3'");
    assertThat(config.provider()).isEqualTo(BuiltInProviders.BY_ID.get("ollama"));
    assertThat(config.requiredModel()).isEqualTo("qwen3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"model_provider = 'ollama'", "model_provider = 'own'"})
  void nobodyIsGivenAModelOfAnotherProvider(String text) throws Exception {
    Config config = read(text + "\n[model_providers.own]\nbase_url = 'http://localhost'");
    assertThat(config.model()).isNull();
    assertThatThrownBy(config::requiredModel)
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "/codex-home/config.toml: model is not set, and the provider \"%s\" has no default"
                    .formatted(config.modelProvider())
                + " model")
        .extracting(e -> ((ConfigException) e).key())
        .isEqualTo("model");
  }

  @Test
  void theDefaultModelIsThereForWhoeverNeedsOne() throws Exception {
    assertThat(read("").requiredModel()).isEqualTo("gpt-5.5");
  }

  /// Each line: the text, where ¶ is a line end, then line, key and the rest of the message.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        "model = 1 | 1 | model | must be a string",
        "model = '' | 1 | model | must not be empty",
        "¶model_reasoning_effort = [] | 2 | model_reasoning_effort | must be a string",
        "approval_policy = 'x' | 1 | approval_policy"
            + " | must be one of untrusted, on-request, never, not \"x\"",
        "approval_policy = 'on_request' | 1 | approval_policy"
            + " | must be one of untrusted, on-request, never, not \"on_request\"",
        "approval_policy = [1] | 1 | approval_policy | must be a string",
        "¶¶sandbox_mode = 'all' | 3 | sandbox_mode"
            + " | must be one of read-only, workspace-write, danger-full-access, not \"all\"",
        "sandbox_mode = '\\u202Ea\u202Eb' | 1 | sandbox_mode"
            + " | must be one of read-only, workspace-write, danger-full-access,"
            + " not \"\\u202Ea\\u202eb\"",
        "sandbox_workspace_write = 3 | 1 | sandbox_workspace_write | must be a table",
        "[sandbox_workspace_write]¶network_access = 'yes' | 2"
            + " | sandbox_workspace_write.network_access | must be true or false",
        "[sandbox_workspace_write]¶writable_roots = '/a' | 2"
            + " | sandbox_workspace_write.writable_roots | must be an array of strings",
        "[sandbox_workspace_write]¶writable_roots = ['/a', 1] | 2"
            + " | sandbox_workspace_write.writable_roots | must be an array of strings",
        "[sandbox_workspace_write]¶writable_roots = [\"a\\u0000b\"] | 2"
            + " | sandbox_workspace_write.writable_roots"
            + " | holds \"a\\u0000b\", which is not a path",
        "model_provider = 'nope' | 1 | model_provider | names the provider \"nope\","
            + " which is neither built in nor described under model_providers",
        "model_providers = 'x' | 1 | model_providers | must be a table",
        "[model_providers]¶p = 1 | 2 | model_providers.p | must be a table",
        "[model_providers.openai]¶name = 'x' | 1 | model_providers.openai"
            + " | is a built-in provider; describe yours under another name",
        "¶[model_providers.p]¶name = 'x' | 2 | model_providers.p.base_url | is not set",
        "[model_providers.'a b']¶name = 'x' | 1 | model_providers.\"a b\".base_url | is not set",
        "[model_providers.p]¶base_url = 'http://h'¶wire_api = 'telepathy' | 3"
            + " | model_providers.p.wire_api"
            + " | must be one of responses, chat, not \"telepathy\"",
        "[model_providers.p]¶base_url = 'http://h'¶env_key = 7 | 3"
            + " | model_providers.p.env_key | must be a string",
        "[model_providers.p]¶base_url = 'http://h'¶env_key = 'sk-1' | 3"
            + " | model_providers.p.env_key"
            + " | must be the name of an environment variable, not the key",
        "[model_providers.p]¶base_url = 'http://h'¶http_headers = { a = 1 } | 3"
            + " | model_providers.p.http_headers.a | must be a string",
        "[model_providers.p]¶base_url = 'http://h'¶http_headers = { \"a b\" = 'x' } | 3"
            + " | model_providers.p.http_headers"
            + " | holds \"a b\", which cannot be sent as a header",
        "[model_providers.p]¶base_url = 'http://h'¶http_headers = { a = \"secret\\n\" } | 3"
            + " | model_providers.p.http_headers"
            + " | holds \"a\", which cannot be sent as a header",
        "[model_providers.p]¶base_url = 'http://h'¶http_headers = { Host = 'x' } | 3"
            + " | model_providers.p.http_headers"
            + " | holds \"Host\", which cannot be sent as a header",
        "[model_providers.p]¶base_url = 'http://h'¶request_max_retries = -1 | 3"
            + " | model_providers.p.request_max_retries | must be at least 0, not -1",
        "[model_providers.p]¶base_url = 'http://h'¶stream_max_retries = 1.5 | 3"
            + " | model_providers.p.stream_max_retries | must be an integer",
        "[model_providers.p]¶base_url = 'http://h'¶stream_idle_timeout_ms = 0 | 3"
            + " | model_providers.p.stream_idle_timeout_ms | must be at least 1, not 0",
      })
  void wrongValues(String text, int line, String key, String problem) {
    assertThatThrownBy(() -> read(text.replace('¶', '\n')))
        .isInstanceOf(ConfigException.class)
        .hasMessage("/codex-home/config.toml:%d: %s %s".formatted(line, key, problem))
        .satisfies(e -> assertThat(Told.by(e)).isEqualTo(new Told(FILE, line, key)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "/v1",
        "ftp://h/v1",
        "http:///v1",
        "http://h:port/v1",
        "http://user:secret@h/v1?key=secret",
        "http://h/v1#secret",
        "http://h/secret v1"
      })
  void wrongBaseUrlsAreNotQuoted(String url) {
    assertThatThrownBy(() -> read("[model_providers.p]\nbase_url = '" + url + "'"))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("/codex-home/config.toml:2: model_providers.p.base_url must ")
        .message()
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "model = | 1",
        "model == 'x' | 1",
        "a = 1¶a = 2 | 2",
        "a = 1¶b = [1,¶c = 2 | 2",
        "[t¶ | 1",
        "a = 1¶¶s = \"open | 3"
      })
  void textThatIsNotToml(String text, int line) {
    assertThatThrownBy(() -> read(text.replace('¶', '\n')))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("/codex-home/config.toml:" + line + ": not valid TOML: ")
        .satisfies(e -> assertThat(Told.by(e)).isEqualTo(new Told(FILE, line, null)));
  }

  @Test
  void longValuesAreCutInMessages() {
    assertThatThrownBy(() -> read("sandbox_mode = '" + "x".repeat(5_000) + "'"))
        .hasMessageEndingWith("not \"" + "x".repeat(80) + "…\"");
  }

  /// What a [ConfigException] carries beside its message.
  private record Told(@Nullable Path file, @Nullable Integer line, @Nullable String key) {
    static Told by(Throwable thrown) {
      ConfigException e = (ConfigException) thrown;
      return new Told(e.file(), e.line(), e.key());
    }
  }

  private static Map<String, ModelProvider> withBuiltIn(ModelProvider... own) {
    Map<String, ModelProvider> all = new HashMap<>(BuiltInProviders.BY_ID);
    Stream.of(own).forEach(provider -> all.put(provider.id(), provider));
    return all;
  }

  private static ModelProvider provider(String id, String url) {
    return new ModelProvider(
        id, id, URI.create(url), null, new HashMap<>(), 4, 5, Duration.ofMinutes(5));
  }

  private static Config read(String text) throws ConfigException {
    return new ConfigReader(FILE, HOME).read(text);
  }

  private static String resource(String name) throws Exception {
    try (InputStream in =
        Objects.requireNonNull(ConfigTest.class.getResourceAsStream("/config/" + name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
