package dev.codexlsp.core.config;

import dev.codexlsp.core.approval.ApprovalPolicy;
import dev.codexlsp.core.approval.ApprovalsReviewer;
import dev.codexlsp.core.model.ModelProvider;
import dev.codexlsp.exec.sandbox.SandboxPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The configuration of one moment. What a client passes with a thread or a turn goes before it.
///
/// @param file where it was read from, for messages; the file need not exist
/// @param model what is configured, else the provider's default; null when there is neither
/// @param modelProvider the id of the provider in use; always a key of `providers`
/// @param providers the built-in ones and those of the file
/// @param runsKnownSafe whether commands that only look run without a question
///   (`approval.known_safe`)
/// @param requestsPermissions whether models may ask for wider permissions
///   (`features.request_permissions_tool`)
/// @param modelReasoningEffort any word, since new models bring new ones; null leaves it to the
///   model
/// @param shellEnvironment which variables commands see
/// @param terminalLimit how long a model may wait for a command in the background in one call
///   (`background_terminal_max_timeout`)
public record Config(
    Path file,
    @Nullable String model,
    String modelProvider,
    Map<String, ModelProvider> providers,
    ApprovalPolicy approvalPolicy,
    SandboxPolicy sandboxPolicy,
    boolean runsKnownSafe,
    ApprovalsReviewer approvalsReviewer,
    boolean requestsPermissions,
    @Nullable String modelReasoningEffort,
    EnvironmentPolicy shellEnvironment,
    Context context,
    Prompt prompt,
    Docs docs,
    Answers answers,
    Skills skills,
    Storage storage,
    Duration terminalLimit) {
  static final Duration DEFAULT_TERMINAL_LIMIT = Duration.ofMinutes(5);
  static final ApprovalPolicy DEFAULT_APPROVAL_POLICY = ApprovalPolicy.ON_REQUEST;
  static final SandboxPolicy DEFAULT_SANDBOX_POLICY = new SandboxPolicy.ReadOnly(false);

  /// How much is said to a model, and when that is made shorter. Whatever is null is left to the
  /// catalogue of models.
  ///
  /// @param window tokens that fit (`model_context_window`)
  /// @param compactLimit tokens at which the history is made shorter
  ///   (`model_auto_compact_token_limit`)
  /// @param compactScope what of the context is counted against that limit
  /// @param toolOutputLimit tokens that one tool may answer with (`tool_output_token_limit`)
  public record Context(
      @Nullable Long window,
      @Nullable Long compactLimit,
      CompactScope compactScope,
      @Nullable Integer toolOutputLimit) {
    static final Context DEFAULTS = new Context(null, null, CompactScope.TOTAL, null);
  }

  /// `model_auto_compact_token_limit_scope`.
  public enum CompactScope {
    TOTAL,
    BODY_AFTER_PREFIX
  }

  /// What models are told besides the conversation. Null keeps our own text.
  ///
  /// @param instructions in the place of the base instructions
  /// @param instructionsFile the same as a file, which goes first (`model_instructions_file`)
  /// @param compactPrompt asks for the summary when the history is made shorter
  public record Prompt(
      @Nullable String instructions,
      @Nullable Path instructionsFile,
      @Nullable String developerInstructions,
      @Nullable String compactPrompt,
      boolean includesPermissions,
      boolean includesEnvironment,
      boolean includesCollaborationMode) {
    static final Prompt DEFAULTS = new Prompt(null, null, null, null, true, true, true);
  }

  /// How instructions of a project are found (`AGENTS.md`).
  ///
  /// @param maxBytes of all files of a project together; 0 for none
  /// @param fallbackNames of files that are read where there is no `AGENTS.md`
  /// @param rootMarkers names that make a folder the root of a project
  public record Docs(int maxBytes, List<String> fallbackNames, List<String> rootMarkers) {
    static final Docs DEFAULTS = new Docs(32 * 1024, List.of(), List.of(".git"));

    public Docs {
      fallbackNames = List.copyOf(fallbackNames);
      rootMarkers = List.copyOf(rootMarkers);
    }
  }

  /// How models are to answer. Null leaves it to the catalogue of models.
  ///
  /// @param summary auto, concise, detailed or none (`model_reasoning_summary`)
  /// @param verbosity low, medium or high (`model_verbosity`)
  /// @param personality null for none that was chosen
  /// @param planEffort the reasoning effort of plan mode (`plan_mode_reasoning_effort`)
  /// @param reviewModel the model of reviews; null for that of the thread
  public record Answers(
      @Nullable String summary,
      @Nullable String verbosity,
      @Nullable String serviceTier,
      @Nullable Personality personality,
      @Nullable String planEffort,
      @Nullable String reviewModel) {
    static final Answers DEFAULTS = new Answers(null, null, null, null, null, null);
  }

  /// `personality`. Models have but one tone these days, or none; the other words are what files
  /// may still hold.
  public enum Personality {
    /// Without what a model's own instructions say of it.
    NONE,
    FRIENDLY,
    PRAGMATIC
  }

  /// Which skills there are (`skills`).
  ///
  /// @param includesInstructions whether models are told of them
  /// @param includesBundled whether those that come with the program count
  /// @param switches in the order of the file; the last that fits a skill counts
  public record Skills(
      boolean includesInstructions, boolean includesBundled, List<SkillSwitch> switches) {
    static final Skills DEFAULTS = new Skills(true, true, List.of());

    public Skills {
      switches = List.copyOf(switches);
    }
  }

  /// Turns a skill on or off; exactly one of path and name is there.
  ///
  /// @param path of its `SKILL.md` or of the folder
  public record SkillSwitch(@Nullable Path path, @Nullable String name, boolean enabled) {}

  /// Where things are kept.
  ///
  /// @param credentials `cli_auth_credentials_store`
  /// @param modelCatalog a file that describes further models (`model_catalog_json`)
  public record Storage(CredentialStore credentials, @Nullable Path modelCatalog) {
    static final Storage DEFAULTS = new Storage(CredentialStore.FILE, null);
  }

  /// Where the key or the tokens of the user's account are kept.
  public enum CredentialStore {
    FILE,
    /// We have none.
    KEYRING,
    /// In a keyring where there is one, else in the file.
    AUTO,
    /// Nowhere, as soon as the process ends.
    EPHEMERAL
  }

  public Config {
    providers = Map.copyOf(providers);
    if (!providers.containsKey(modelProvider)) {
      throw new IllegalArgumentException("unknown provider: " + modelProvider);
    }
  }

  /// What holds when there is no file.
  static Config defaults(Path file) {
    return new Config(
        file,
        BuiltInProviders.defaultModel(BuiltInProviders.DEFAULT_ID),
        BuiltInProviders.DEFAULT_ID,
        BuiltInProviders.BY_ID,
        DEFAULT_APPROVAL_POLICY,
        DEFAULT_SANDBOX_POLICY,
        false,
        ApprovalsReviewer.USER,
        false,
        null,
        EnvironmentPolicy.DEFAULTS,
        Context.DEFAULTS,
        Prompt.DEFAULTS,
        Docs.DEFAULTS,
        Answers.DEFAULTS,
        Skills.DEFAULTS,
        Storage.DEFAULTS,
        DEFAULT_TERMINAL_LIMIT);
  }

  public ModelProvider provider() {
    return Objects.requireNonNull(providers.get(modelProvider));
  }

  /// The provider that somebody has begun with; null asks for the one in use.
  public ModelProvider provider(@Nullable String id) throws ConfigException {
    ModelProvider provider = id == null ? provider() : providers.get(id);
    if (provider == null) {
      throw new ConfigException(
          file, null, "model_providers", "the provider \"" + id + "\" is not described any more");
    }
    return provider;
  }

  /// The policy that a client has asked for; null asks for the configured one. A client cannot
  /// declare what is around this machine, though it may ask for limits within it.
  public SandboxPolicy sandboxPolicy(@Nullable SandboxPolicy wish) throws ConfigException {
    if (wish instanceof SandboxPolicy.ExternalSandbox
        && !(sandboxPolicy instanceof SandboxPolicy.ExternalSandbox)) {
      throw new ConfigException(
          file,
          null,
          "sandbox.outer_boundary",
          "externalSandbox was asked for, and sandbox.outer_boundary is not true");
    }
    return wish == null ? sandboxPolicy : wish;
  }

  /// The model, for somebody who cannot go on without one. Nobody is silently given a model that a
  /// provider of their own may not even have.
  public String requiredModel() throws ConfigException {
    if (model == null) {
      throw new ConfigException(
          file,
          null,
          "model",
          "model is not set, and the provider \"" + modelProvider + "\" has no default model");
    }
    return model;
  }
}
