package dev.codexlsp.server.protocol;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.codexlsp.core.approval.ApprovalPolicy;
import dev.codexlsp.core.approval.ApprovalsReviewer;
import dev.codexlsp.core.config.ThreadConfig;
import dev.codexlsp.core.thread.CodexException;
import dev.codexlsp.core.thread.Collaboration;
import dev.codexlsp.core.turn.Effort;
import dev.codexlsp.core.turn.ThreadOverrides;
import dev.codexlsp.exec.sandbox.SandboxPolicy;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The settings of a thread as a client may pass them. What is absent stays as it is, and so does
/// what is null, but for `serviceTier`, where null is the service's usual one. The effort is left
/// to the model again by a `collaborationMode` without one.
interface SettingsWishes {

  @Nullable String model();

  @Nullable Path cwd();

  @Nullable ApprovalPolicy approvalPolicy();

  @Nullable ApprovalsReviewer approvalsReviewer();

  @Nullable SandboxPolicy sandboxPolicy();

  @Nullable String permissions();

  @Nullable String effort();

  @Nullable ReasoningSummary summary();

  @Nullable JsonElement serviceTier();

  @Nullable List<TurnEnvironmentParams> environments();

  @Nullable Collaboration collaborationMode();

  /// How much a model shall tell of its thoughts.
  enum ReasoningSummary {
    AUTO,
    CONCISE,
    DETAILED,
    NONE
  }

  /// What the client has decided.
  default ThreadOverrides overrides() {
    if (permissions() != null) {
      throw new CodexException(
          sandboxPolicy() == null
              ? "unknown permission profile: " + permissions()
              : "`permissions` cannot be combined with `sandboxPolicy`");
    }
    ReasoningSummary summary = summary();
    return new ThreadOverrides(
            TurnEnvironmentParams.folder(environments(), cwd()),
            new ThreadOverrides.Answering(
                model(),
                null,
                Effort.of(effort()),
                summary == null ? null : summary.name().toLowerCase(Locale.ROOT),
                tier(serviceTier())),
            new ThreadOverrides.Limits(approvalPolicy(), approvalsReviewer(), sandboxPolicy()),
            TurnEnvironmentParams.chosen(environments()),
            null,
            null,
            ThreadConfig.NONE)
        .with(collaborationMode());
  }

  private static @Nullable String tier(@Nullable JsonElement wanted) {
    if (wanted == null) {
      return null;
    }
    return wanted instanceof JsonPrimitive word ? word.getAsString() : "default";
  }

  /// Refuses what is neither a word nor null.
  static void requireTier(@Nullable JsonElement tier) {
    boolean isWord = tier instanceof JsonPrimitive word && word.isString();
    if (tier != null && !tier.isJsonNull() && !isWord) {
      throw new IllegalArgumentException("`serviceTier` must be a string");
    }
  }
}
