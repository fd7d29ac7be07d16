package dev.codexlsp.core.config;

import dev.codexlsp.core.approval.ApprovalPolicy;
import dev.codexlsp.core.approval.ApprovalsReviewer;
import dev.codexlsp.core.model.ModelProvider;
import dev.codexlsp.exec.sandbox.SandboxPolicy;
import java.nio.file.Path;
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
/// @param ignoreDefaultExcludes whether commands see variables whose names only look like a
///   credential's (`shell_environment_policy.ignore_default_excludes`)
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
    boolean ignoreDefaultExcludes) {
  static final ApprovalPolicy DEFAULT_APPROVAL_POLICY = ApprovalPolicy.ON_REQUEST;
  static final SandboxPolicy DEFAULT_SANDBOX_POLICY = new SandboxPolicy.ReadOnly(false);

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
        false);
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
