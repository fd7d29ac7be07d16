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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What each key means; see [ConfigErrorsTest] for what is said when its value is wrong.
class ConfigTest {
  private static final Path FILE = Path.of("/codex-home/config.toml");

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
                List.of(Path.of("/b"), ConfigText.HOME, Path.of("/codex-home/~x")),
                false,
                true,
                false));
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
    return ConfigText.read(FILE, text);
  }

  private static String resource(String name) throws Exception {
    try (InputStream in =
        Objects.requireNonNull(ConfigTest.class.getResourceAsStream("/config/" + name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
