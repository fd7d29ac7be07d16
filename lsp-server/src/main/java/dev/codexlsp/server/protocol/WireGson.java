package dev.codexlsp.server.protocol;

import com.google.gson.JsonElement;
import com.google.gson.stream.JsonWriter;
import dev.codexlsp.core.account.Account;
import dev.codexlsp.core.approval.ApprovalPolicy;
import dev.codexlsp.core.approval.ApprovalsReviewer;
import dev.codexlsp.core.approval.Decision;
import dev.codexlsp.core.config.ConfigSource;
import dev.codexlsp.core.thread.CodexErrorInfo;
import dev.codexlsp.core.thread.Collaboration;
import dev.codexlsp.core.thread.CommandAction;
import dev.codexlsp.core.thread.DynamicToolSpec;
import dev.codexlsp.core.thread.FileUpdateChange.PatchChangeKind;
import dev.codexlsp.core.thread.Item;
import dev.codexlsp.core.thread.ItemId;
import dev.codexlsp.core.thread.RawJson;
import dev.codexlsp.core.thread.ReviewTarget;
import dev.codexlsp.core.thread.ReviewedAction;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.thread.ThreadStatus;
import dev.codexlsp.core.thread.ToolContent;
import dev.codexlsp.core.thread.TurnId;
import dev.codexlsp.core.thread.UserInput;
import dev.codexlsp.exec.json.RecordJson;
import dev.codexlsp.exec.json.TextAdapter;
import dev.codexlsp.exec.sandbox.SandboxPolicy;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// How the records of this wire look as JSON: ids and paths are strings, sealed types carry a tag,
/// and what comes from the configuration file is spelled as there.
public final class WireGson {
  private static final List<Class<?>> TAGGED =
      List.of(
          Account.class,
          ModelProviderListResponse.Settings.class,
          Item.class,
          ThreadStatus.class,
          UserInput.class,
          CommandAction.class,
          SandboxPolicy.class,
          PatchChangeKind.class,
          ReviewedAction.class,
          ReviewTarget.class,
          ToolContent.class,
          DynamicToolSpec.class,
          ConfigSource.class);

  private static final Set<Class<?>> SPELLED_AS_IN_THE_CONFIGURATION =
      Set.of(ThreadStartParams.SandboxMode.class);

  private WireGson() {}

  /// Made when the first record is met: an editor waits for `initialize`, which needs none.
  private static final class Holder {
    private static final RecordJson RECORDS =
        new RecordJson(
            RecordJson.strict(TAGGED, SPELLED_AS_IN_THE_CONFIGURATION)
                .setFieldNamingStrategy(WireGson::name)
                .registerTypeAdapterFactory(new SandboxDefaults())
                .registerTypeHierarchyAdapter(CodexErrorInfo.class, new ErrorInfoAdapter())
                .registerTypeAdapter(
                    ApprovalsReviewer.class,
                    TextAdapter.explained(WireGson::reviewer, WireGson::word))
                .registerTypeHierarchyAdapter(
                    ApprovalPolicy.class, new ApprovalPolicyAdapter().nullSafe())
                .registerTypeHierarchyAdapter(Decision.class, new DecisionAdapter().nullSafe())
                .registerTypeAdapter(RawJson.class, new RawJsonAdapter())
                .registerTypeHierarchyAdapter(Path.class, TextAdapter.of(Path::of, Path::toString))
                .registerTypeAdapter(URI.class, TextAdapter.of(URI::create, URI::toString))
                .registerTypeAdapter(ThreadId.class, TextAdapter.of(ThreadId::new, ThreadId::value))
                .registerTypeAdapter(TurnId.class, TextAdapter.of(TurnId::new, TurnId::value))
                .registerTypeAdapter(ItemId.class, TextAdapter.of(ItemId::new, ItemId::value)));
  }

  /// `guardian_subagent` is what it was called before.
  private static ApprovalsReviewer reviewer(String word) {
    return switch (word) {
      case "user" -> ApprovalsReviewer.USER;
      case "auto_review", "guardian_subagent" -> ApprovalsReviewer.AUTO_REVIEW;
      default ->
          throw new IllegalArgumentException(
              "unknown variant `" + word + "`, expected `user` or `auto_review`");
    };
  }

  private static String word(ApprovalsReviewer reviewer) {
    return switch (reviewer) {
      case USER -> "user";
      case AUTO_REVIEW -> "auto_review";
    };
  }

  /// As its component, but for those that the original writes with an underscore.
  private static String name(Field component) {
    return switch (component.getName()) {
      case "movePath" -> "move_path";
      case "textElements" -> "text_elements";
      case "effort" -> isOfPreset(component) ? "reasoning_effort" : "effort";
      case "reasoningEffort" ->
          isOfCollaboration(component) ? "reasoning_effort" : "reasoningEffort";
      case "developerInstructions" ->
          isOfCollaboration(component) ? "developer_instructions" : "developerInstructions";
      case String other -> other;
    };
  }

  private static boolean isOfPreset(Field component) {
    return component.getDeclaringClass() == CollaborationModeListResponse.Preset.class;
  }

  private static boolean isOfCollaboration(Field component) {
    return component.getDeclaringClass() == Collaboration.Settings.class;
  }

  /// Reads a record; throws [dev.codexlsp.exec.json.WireException] when the JSON does not say one.
  public static <T> T decode(JsonElement json, Class<T> type) {
    return Holder.RECORDS.decode(json, type);
  }

  /// See [RecordJson#write].
  public static void write(Object value, JsonWriter out) throws IOException {
    Holder.RECORDS.write(value, out);
  }
}
