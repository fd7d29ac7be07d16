package dev.codexlsp.core.config;

import dev.codexlsp.core.approval.ApprovalPolicy;
import dev.codexlsp.core.approval.ApprovalsReviewer;
import dev.codexlsp.core.model.ModelProvider;
import dev.codexlsp.exec.sandbox.PermissionProfile.Network;
import dev.codexlsp.exec.sandbox.SandboxPolicy;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// Turns what files and others say into a [Config], key by key.
final class ConfigReader {

  private static final System.Logger LOG = System.getLogger(ConfigReader.class.getName());

  private final Path file;
  private final Path userHome;

  private enum PolicyWord {
    UNTRUSTED,
    ON_REQUEST,
    NEVER
  }

  private enum ReviewerWord {
    USER,
    AUTO_REVIEW,
    GUARDIAN_SUBAGENT
  }

  private enum SandboxMode {
    READ_ONLY,
    WORKSPACE_WRITE,
    DANGER_FULL_ACCESS
  }

  ConfigReader(Path file, Path userHome) {
    this.file = file;
    this.userHome = userHome;
  }

  /// @param trust in the project that the configuration is for
  Config read(ConfigTable root, Trust trust) throws ConfigException {
    SectionReader sections = new SectionReader(root, userHome);
    Map<String, ModelProvider> providers = providers(root);
    String provider = root.string("model_provider", BuiltInProviders.DEFAULT_ID);
    if (!providers.containsKey(provider)) {
      throw root.error(
          "model_provider",
          "names the provider %s, which is neither built in nor described under model_providers"
              .formatted(ConfigTable.quoted(provider)));
    }
    return new Config(
        file,
        root.optionalString("model", BuiltInProviders.defaultModel(provider)),
        provider,
        providers,
        approvalPolicy(root, trust),
        sandboxPolicy(root, trust),
        root.table("approval").flag("known_safe"),
        reviewer(root),
        root.table("features").flag("request_permissions_tool"),
        root.optionalString("model_reasoning_effort", null),
        sections.environment(),
        sections.context(),
        sections.prompt(),
        sections.docs(),
        sections.answers(),
        sections.skills(),
        sections.storage(),
        sections.terminalLimit());
  }

  private static Map<String, ModelProvider> providers(ConfigTable root) throws ConfigException {
    Map<String, ModelProvider> providers =
        new HashMap<>(BuiltInProviders.with(ProviderReader.address(root, "openai_base_url")));
    ConfigTable described = root.table("model_providers");
    for (String id : described.keys()) {
      if (BuiltInProviders.BY_ID.containsKey(id)) {
        throw described.error(id, "is a built-in provider; describe yours under another name");
      }
      providers.put(id, ProviderReader.read(id, described.table(id)));
    }
    return providers;
  }

  /// Files of the original may still hold `on-failure`. It is read as the nearest policy that asks,
  /// which is the default.
  private static ApprovalPolicy approvalPolicy(ConfigTable root, Trust trust)
      throws ConfigException {
    if (root.isTable("approval_policy")) {
      return granular(root.table("approval_policy").table("granular"));
    }
    if (root.holds("approval_policy", "on-failure")) {
      LOG.log(
          System.Logger.Level.WARNING,
          root.error("approval_policy", "is read as on-request").getMessage());
      return ApprovalPolicy.ON_REQUEST;
    }
    PolicyWord absent = trust == Trust.UNTRUSTED ? PolicyWord.UNTRUSTED : PolicyWord.ON_REQUEST;
    return switch (root.word("approval_policy", PolicyWord.values(), absent)) {
      case UNTRUSTED -> ApprovalPolicy.UNTRUSTED;
      case ON_REQUEST -> ApprovalPolicy.ON_REQUEST;
      case NEVER -> ApprovalPolicy.NEVER;
    };
  }

  /// Files may still hold the name that it had before.
  private static ApprovalsReviewer reviewer(ConfigTable root) throws ConfigException {
    return switch (root.word("approvals_reviewer", ReviewerWord.values(), ReviewerWord.USER, '_')) {
      case USER -> ApprovalsReviewer.USER;
      case AUTO_REVIEW, GUARDIAN_SUBAGENT -> ApprovalsReviewer.AUTO_REVIEW;
    };
  }

  /// What is not named may not be asked about.
  private static ApprovalPolicy granular(ConfigTable table) throws ConfigException {
    return new ApprovalPolicy.Granular(
        table.flag("sandbox_approval"),
        table.flag("rules"),
        table.flag("skill_approval"),
        table.flag("request_permissions"),
        table.flag("mcp_elicitations"));
  }

  /// The table that belongs to a mode is read, and checked, whatever the mode is. Whoever trusts a
  /// project wants it to be worked on.
  private SandboxPolicy sandboxPolicy(ConfigTable root, Trust trust) throws ConfigException {
    ConfigTable table = root.table("sandbox_workspace_write");
    SandboxPolicy workspaceWrite =
        new SandboxPolicy.WorkspaceWrite(
            table.paths("writable_roots", userHome),
            table.flag("network_access"),
            table.flag("exclude_tmpdir_env_var"),
            table.flag("exclude_slash_tmp"));
    SandboxMode absent =
        trust == Trust.TRUSTED ? SandboxMode.WORKSPACE_WRITE : SandboxMode.READ_ONLY;
    SandboxPolicy ofMode =
        switch (root.word("sandbox_mode", SandboxMode.values(), absent)) {
          case READ_ONLY -> Config.DEFAULT_SANDBOX_POLICY;
          case WORKSPACE_WRITE -> workspaceWrite;
          case DANGER_FULL_ACCESS -> new SandboxPolicy.DangerFullAccess();
        };
    return root.table("sandbox").flag("outer_boundary")
        ? new SandboxPolicy.ExternalSandbox(Network.ENABLED)
        : ofMode;
  }
}
