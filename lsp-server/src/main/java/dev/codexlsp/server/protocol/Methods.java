package dev.codexlsp.server.protocol;

import dev.codexlsp.core.approval.ApprovalRequest;
import dev.codexlsp.core.approval.DynamicToolRequest;
import dev.codexlsp.core.approval.PermissionsRequest;
import dev.codexlsp.core.approval.UserInputRequest;
import dev.codexlsp.core.config.ConfigWarning;
import dev.codexlsp.core.session.SettingsUpdated;
import dev.codexlsp.core.thread.ThreadEvent;
import dev.codexlsp.server.protocol.Row.ClientRequest;
import dev.codexlsp.server.protocol.Row.ServerNotification;
import dev.codexlsp.server.protocol.Row.ServerRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Every method of ours, on one page. What LSP itself defines is not here.
public final class Methods {
  private Methods() {}

  /// What the LSP face puts before each name.
  public static final String LSP_PREFIX = "codex/";

  public static final ClientRequest<LoginCancelParams, LoginCancelResponse> LOGIN_CANCEL =
      new ClientRequest<>(
          "account/login/cancel", LoginCancelParams.class, LoginCancelResponse.class);

  public static final ClientRequest<LoginStartParams, LoginStartResponse> LOGIN_START =
      new ClientRequest<>("account/login/start", LoginStartParams.class, LoginStartResponse.class);

  public static final ClientRequest<LogoutParams, LogoutResponse> LOGOUT =
      new ClientRequest<>("account/logout", LogoutParams.class, LogoutResponse.class);

  public static final ClientRequest<AccountReadParams, AccountReadResponse> ACCOUNT_READ =
      new ClientRequest<>("account/read", AccountReadParams.class, AccountReadResponse.class);

  public static final ClientRequest<CollaborationModeListParams, CollaborationModeListResponse>
      COLLABORATION_MODE_LIST =
          new ClientRequest<>(
              "collaborationMode/list",
              CollaborationModeListParams.class,
              CollaborationModeListResponse.class);

  public static final ClientRequest<ConfigBatchWriteParams, ConfigWriteResponse>
      CONFIG_BATCH_WRITE =
          new ClientRequest<>(
              "config/batchWrite", ConfigBatchWriteParams.class, ConfigWriteResponse.class);

  public static final ClientRequest<ConfigReadParams, ConfigReadResponse> CONFIG_READ =
      new ClientRequest<>("config/read", ConfigReadParams.class, ConfigReadResponse.class);

  public static final ClientRequest<ConfigValueWriteParams, ConfigWriteResponse>
      CONFIG_VALUE_WRITE =
          new ClientRequest<>(
              "config/value/write", ConfigValueWriteParams.class, ConfigWriteResponse.class);

  public static final ClientRequest<ModelListParams, ModelListResponse> MODEL_LIST =
      new ClientRequest<>("model/list", ModelListParams.class, ModelListResponse.class);

  public static final ClientRequest<ModelProviderListParams, ModelProviderListResponse>
      MODEL_PROVIDER_LIST =
          new ClientRequest<>(
              "modelProvider/list", ModelProviderListParams.class, ModelProviderListResponse.class);

  public static final ClientRequest<ReviewStartParams, ReviewStartResponse> REVIEW_START =
      new ClientRequest<>("review/start", ReviewStartParams.class, ReviewStartResponse.class);

  public static final ClientRequest<SkillsConfigWriteParams, SkillsConfigWriteResponse>
      SKILLS_CONFIG_WRITE =
          new ClientRequest<>(
              "skills/config/write",
              SkillsConfigWriteParams.class,
              SkillsConfigWriteResponse.class);

  public static final ClientRequest<SkillsExtraRootsParams, SkillsExtraRootsResponse>
      SKILLS_EXTRA_ROOTS_SET =
          new ClientRequest<>(
              "skills/extraRoots/set",
              SkillsExtraRootsParams.class,
              SkillsExtraRootsResponse.class);

  public static final ClientRequest<SkillsListParams, SkillsListResponse> SKILLS_LIST =
      new ClientRequest<>("skills/list", SkillsListParams.class, SkillsListResponse.class);

  public static final ClientRequest<TerminalsCleanParams, TerminalsCleanResponse> TERMINALS_CLEAN =
      new ClientRequest<>(
          "thread/backgroundTerminals/clean",
          TerminalsCleanParams.class,
          TerminalsCleanResponse.class);

  public static final ClientRequest<TerminalsListParams, TerminalsListResponse> TERMINALS_LIST =
      new ClientRequest<>(
          "thread/backgroundTerminals/list",
          TerminalsListParams.class,
          TerminalsListResponse.class);

  public static final ClientRequest<TerminalsTerminateParams, TerminalsTerminateResponse>
      TERMINALS_TERMINATE =
          new ClientRequest<>(
              "thread/backgroundTerminals/terminate",
              TerminalsTerminateParams.class,
              TerminalsTerminateResponse.class);

  public static final ClientRequest<CompactStartParams, CompactStartResponse> COMPACT_START =
      new ClientRequest<>(
          "thread/compact/start", CompactStartParams.class, CompactStartResponse.class);

  public static final ClientRequest<ThreadSettingsUpdateParams, ThreadSettingsUpdateResponse>
      THREAD_SETTINGS_UPDATE =
          new ClientRequest<>(
              "thread/settings/update",
              ThreadSettingsUpdateParams.class,
              ThreadSettingsUpdateResponse.class);

  public static final ClientRequest<ThreadStartParams, ThreadStartResponse> THREAD_START =
      new ClientRequest<>("thread/start", ThreadStartParams.class, ThreadStartResponse.class);

  public static final ClientRequest<TurnInterruptParams, TurnInterruptResponse> TURN_INTERRUPT =
      new ClientRequest<>("turn/interrupt", TurnInterruptParams.class, TurnInterruptResponse.class);

  public static final ClientRequest<TurnStartParams, TurnStartResponse> TURN_START =
      new ClientRequest<>("turn/start", TurnStartParams.class, TurnStartResponse.class);

  public static final ClientRequest<TurnSteerParams, TurnSteerResponse> TURN_STEER =
      new ClientRequest<>("turn/steer", TurnSteerParams.class, TurnSteerResponse.class);

  public static final ServerRequest<ApprovalRequest.Command, ApprovalResponse>
      COMMAND_EXECUTION_REQUEST_APPROVAL =
          new ServerRequest<>(
              "item/commandExecution/requestApproval",
              ApprovalRequest.Command.class,
              ApprovalResponse.class);

  public static final ServerRequest<ApprovalRequest.FileChange, ApprovalResponse>
      FILE_CHANGE_REQUEST_APPROVAL =
          new ServerRequest<>(
              "item/fileChange/requestApproval",
              ApprovalRequest.FileChange.class,
              ApprovalResponse.class);

  public static final ServerRequest<PermissionsRequest, PermissionsResponse>
      PERMISSIONS_REQUEST_APPROVAL =
          new ServerRequest<>(
              "item/permissions/requestApproval",
              PermissionsRequest.class,
              PermissionsResponse.class);

  public static final ServerRequest<DynamicToolRequest, DynamicToolResponse> TOOL_CALL =
      new ServerRequest<>("item/tool/call", DynamicToolRequest.class, DynamicToolResponse.class);

  public static final ServerRequest<UserInputRequest, UserInputResponse> TOOL_REQUEST_USER_INPUT =
      new ServerRequest<>(
          "item/tool/requestUserInput", UserInputRequest.class, UserInputResponse.class);

  public static final ServerNotification<LoginCompleted> LOGIN_COMPLETED =
      new ServerNotification<>("account/login/completed", LoginCompleted.class);

  public static final ServerNotification<AccountUpdated> ACCOUNT_UPDATED =
      new ServerNotification<>("account/updated", AccountUpdated.class);

  public static final ServerNotification<ConfigWarning> CONFIG_WARNING =
      new ServerNotification<>("configWarning", ConfigWarning.class);

  public static final ServerNotification<ServerRequestResolved> SERVER_REQUEST_RESOLVED =
      new ServerNotification<>("serverRequest/resolved", ServerRequestResolved.class);

  public static final ServerNotification<SettingsUpdated> THREAD_SETTINGS_UPDATED =
      new ServerNotification<>("thread/settings/updated", SettingsUpdated.class);

  /// What clients may ask.
  public static final List<ClientRequest<?, ?>> CLIENT_REQUESTS =
      List.of(
          LOGIN_CANCEL,
          LOGIN_START,
          LOGOUT,
          ACCOUNT_READ,
          COLLABORATION_MODE_LIST,
          CONFIG_BATCH_WRITE,
          CONFIG_READ,
          CONFIG_VALUE_WRITE,
          MODEL_LIST,
          MODEL_PROVIDER_LIST,
          REVIEW_START,
          SKILLS_CONFIG_WRITE,
          SKILLS_EXTRA_ROOTS_SET,
          SKILLS_LIST,
          TERMINALS_CLEAN,
          TERMINALS_LIST,
          TERMINALS_TERMINATE,
          COMPACT_START,
          THREAD_SETTINGS_UPDATE,
          THREAD_START,
          TURN_INTERRUPT,
          TURN_START,
          TURN_STEER);

  /// What we ask clients.
  public static final List<ServerRequest<?, ?>> SERVER_REQUESTS =
      List.of(
          COMMAND_EXECUTION_REQUEST_APPROVAL,
          FILE_CHANGE_REQUEST_APPROVAL,
          PERMISSIONS_REQUEST_APPROVAL,
          TOOL_CALL,
          TOOL_REQUEST_USER_INPUT);

  /// What we tell clients.
  public static final List<ServerNotification<?>> SERVER_NOTIFICATIONS =
      List.of(
          LOGIN_COMPLETED,
          ACCOUNT_UPDATED,
          SERVER_REQUEST_RESOLVED,
          THREAD_SETTINGS_UPDATED,
          CONFIG_WARNING,
          new ServerNotification<>("error", ThreadEvent.ErrorOccurred.class),
          new ServerNotification<>("guardianWarning", ThreadEvent.GuardianWarning.class),
          new ServerNotification<>(
              "item/autoApprovalReview/completed", ThreadEvent.AutoApprovalReviewCompleted.class),
          new ServerNotification<>(
              "item/autoApprovalReview/started", ThreadEvent.AutoApprovalReviewStarted.class),
          new ServerNotification<>("item/agentMessage/delta", ThreadEvent.AgentMessageDelta.class),
          new ServerNotification<>(
              "item/commandExecution/outputDelta", ThreadEvent.CommandOutputDelta.class),
          new ServerNotification<>(
              "item/commandExecution/terminalInteraction", ThreadEvent.TerminalInteraction.class),
          new ServerNotification<>("item/completed", ThreadEvent.ItemCompleted.class),
          new ServerNotification<>(
              "item/reasoning/summaryPartAdded", ThreadEvent.ReasoningSummaryPartAdded.class),
          new ServerNotification<>(
              "item/reasoning/summaryTextDelta", ThreadEvent.ReasoningSummaryTextDelta.class),
          new ServerNotification<>(
              "item/reasoning/textDelta", ThreadEvent.ReasoningTextDelta.class),
          new ServerNotification<>("item/plan/delta", ThreadEvent.PlanDelta.class),
          new ServerNotification<>("item/started", ThreadEvent.ItemStarted.class),
          new ServerNotification<>("thread/started", ThreadEvent.ThreadStarted.class),
          new ServerNotification<>("thread/status/changed", ThreadEvent.ThreadStatusChanged.class),
          new ServerNotification<>(
              "thread/tokenUsage/updated", ThreadEvent.TokenUsageUpdated.class),
          new ServerNotification<>("turn/completed", ThreadEvent.TurnCompleted.class),
          new ServerNotification<>("turn/diff/updated", ThreadEvent.TurnDiffUpdated.class),
          new ServerNotification<>("turn/plan/updated", ThreadEvent.TurnPlanUpdated.class),
          new ServerNotification<>("turn/started", ThreadEvent.TurnStarted.class),
          new ServerNotification<>("warning", ThreadEvent.Warning.class));

  private static final Map<Class<?>, String> NOTIFICATION_NAMES = notificationNames();

  /// The bare name of the notification that tells the event.
  public static String name(ThreadEvent event) {
    String name = NOTIFICATION_NAMES.get(event.getClass());
    if (name == null) {
      throw new IllegalArgumentException("no notification for " + event.getClass());
    }
    return name;
  }

  private static Map<Class<?>, String> notificationNames() {
    Map<Class<?>, String> names = new HashMap<>();
    SERVER_NOTIFICATIONS.forEach(row -> names.put(row.params(), row.name()));
    return Map.copyOf(names);
  }
}
