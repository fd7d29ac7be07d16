package dev.codexlsp.core.store;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.codexlsp.core.approval.ApprovalPolicy;
import dev.codexlsp.core.model.ContextWindow;
import dev.codexlsp.core.thread.CodexErrorInfo;
import dev.codexlsp.core.thread.Item;
import dev.codexlsp.core.thread.TokenUsage;
import dev.codexlsp.core.thread.TurnError;
import dev.codexlsp.core.thread.TurnId;
import dev.codexlsp.core.thread.UserInput;
import dev.codexlsp.exec.sandbox.PermissionProfile.Network;
import dev.codexlsp.exec.sandbox.SandboxPolicy;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How a [RolloutLine] is spelled. Pure.
final class RolloutJson {
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private RolloutJson() {}

  /// The line without its end. JSON keeps line ends inside a text escaped, so it is one line.
  ///
  /// @param ordinal its number; negative for none
  static String line(Instant writtenAt, long ordinal, RolloutLine line) {
    JsonObject json = new JsonObject();
    json.addProperty("timestamp", TIMESTAMP.format(writtenAt));
    if (ordinal >= 0) {
      json.addProperty("ordinal", ordinal);
    }
    json.addProperty("type", type(line));
    json.add("payload", payload(line));
    return json.toString();
  }

  private static String type(RolloutLine line) {
    return switch (line) {
      case SessionMeta _ -> "session_meta";
      case TurnContext _ -> "turn_context";
      case Compacted _ -> "compacted";
      case RolloutLine.History _ -> "response_item";
      case RolloutLine.Event _ -> "event_msg";
    };
  }

  private static JsonObject payload(RolloutLine line) {
    return switch (line) {
      case SessionMeta meta -> sessionMeta(meta);
      case TurnContext context -> turnContext(context);
      case Compacted compacted -> compacted(compacted);
      case RolloutLine.History history -> history.item().json();
      case RolloutLine.Event event -> event(event);
    };
  }

  private static JsonObject sessionMeta(SessionMeta meta) {
    JsonObject json = new JsonObject();
    json.addProperty("id", meta.id().value());
    json.addProperty("session_id", meta.id().value());
    json.addProperty("timestamp", TIMESTAMP.format(meta.createdAt()));
    json.addProperty("cwd", meta.cwd().toString());
    json.addProperty("originator", meta.originator());
    json.addProperty("cli_version", meta.cliVersion());
    json.addProperty("source", meta.source());
    json.addProperty("model_provider", meta.modelProvider());
    JsonObject instructions = new JsonObject();
    instructions.addProperty("text", meta.baseInstructions());
    json.add("base_instructions", instructions);
    return json;
  }

  private static JsonObject turnContext(TurnContext context) {
    JsonObject json = new JsonObject();
    json.addProperty("turn_id", context.turnId().value());
    json.addProperty("cwd", context.cwd().toString());
    json.add("approval_policy", approvalPolicy(context.approvalPolicy()));
    json.add("sandbox_policy", sandboxPolicy(context.sandboxPolicy()));
    json.addProperty("model", context.model());
    if (context.effort() != null) {
      json.addProperty("effort", context.effort());
    }
    return json;
  }

  private static JsonObject compacted(Compacted compacted) {
    JsonObject json = new JsonObject();
    json.addProperty("message", compacted.message());
    JsonArray history = new JsonArray();
    compacted.history().forEach(item -> history.add(item.json()));
    json.add("replacement_history", history);
    ContextWindow window = compacted.window();
    json.addProperty("window_number", window.number());
    json.addProperty("first_window_id", window.firstId());
    json.addProperty("previous_window_id", window.previousId());
    json.addProperty("window_id", window.id());
    return json;
  }

  private static JsonElement approvalPolicy(ApprovalPolicy policy) {
    return switch (policy) {
      case ApprovalPolicy.Untrusted() -> new JsonPrimitive("untrusted");
      case ApprovalPolicy.OnRequest() -> new JsonPrimitive("on-request");
      case ApprovalPolicy.Never() -> new JsonPrimitive("never");
      case ApprovalPolicy.Granular granular -> {
        JsonObject flags = new JsonObject();
        flags.addProperty("sandbox_approval", granular.sandboxApproval());
        flags.addProperty("rules", granular.rules());
        flags.addProperty("skill_approval", granular.skillApproval());
        flags.addProperty("request_permissions", granular.requestPermissions());
        flags.addProperty("mcp_elicitations", granular.mcpElicitations());
        JsonObject json = new JsonObject();
        json.add("granular", flags);
        yield json;
      }
    };
  }

  private static JsonObject sandboxPolicy(SandboxPolicy policy) {
    JsonObject json = new JsonObject();
    switch (policy) {
      case SandboxPolicy.DangerFullAccess _ -> json.addProperty("type", "danger-full-access");
      case SandboxPolicy.ExternalSandbox(Network networkAccess) -> {
        json.addProperty("type", "external-sandbox");
        json.addProperty("network_access", networkAccess.name().toLowerCase(Locale.ROOT));
      }
      case SandboxPolicy.ReadOnly(boolean networkAccess) -> {
        json.addProperty("type", "read-only");
        json.addProperty("network_access", networkAccess);
      }
      case SandboxPolicy.WorkspaceWrite write -> {
        json.addProperty("type", "workspace-write");
        JsonArray roots = new JsonArray();
        for (Path root : write.writableRoots()) {
          roots.add(root.toString());
        }
        json.add("writable_roots", roots);
        json.addProperty("network_access", write.networkAccess());
        json.addProperty("exclude_tmpdir_env_var", write.excludeTmpdirEnvVar());
        json.addProperty("exclude_slash_tmp", write.excludeSlashTmp());
      }
    }
    return json;
  }

  private static JsonObject event(RolloutLine.Event event) {
    JsonObject json = new JsonObject();
    switch (event) {
      case RolloutLine.TaskStarted started -> taskStarted(json, started);
      case RolloutLine.UserMessage message -> userMessage(json, message);
      case RolloutLine.AgentMessage message -> {
        json.addProperty("type", "agent_message");
        json.addProperty("message", message.text());
        json.addProperty("phase", message.phase());
      }
      case RolloutLine.AgentReasoning reasoning -> {
        json.addProperty("type", "agent_reasoning");
        json.addProperty("text", reasoning.text());
      }
      case RolloutLine.TokenCount count -> {
        json.addProperty("type", "token_count");
        json.add("info", tokenUsage(count.usage()));
      }
      case RolloutLine.ContextCompacted() -> json.addProperty("type", "context_compacted");
      case RolloutLine.EnteredReviewMode(TurnId turn, Item.EnteredReviewMode item) ->
          ReviewJson.entered(item, mode(json, "entered_review_mode", turn, item));
      case RolloutLine.ExitedReviewMode(TurnId turn, Item.ExitedReviewMode item) ->
          ReviewJson.exited(item, mode(json, "exited_review_mode", turn, item));
      case RolloutLine.TaskComplete complete -> taskComplete(json, complete);
      case RolloutLine.ItemCompleted completed -> itemCompleted(json, completed);
      case RolloutLine.TurnAborted aborted -> {
        json.addProperty("type", "turn_aborted");
        json.addProperty("turn_id", aborted.turnId().value());
        json.addProperty("reason", "interrupted");
        times(json, aborted.startedAt(), aborted.completedAt(), aborted.durationMs());
      }
    }
    return json;
  }

  private static JsonObject mode(JsonObject json, String type, TurnId turn, Item item) {
    json.addProperty("type", type);
    json.addProperty("turn_id", turn.value());
    json.addProperty("item_id", item.id().value());
    return json;
  }

  private static void userMessage(JsonObject json, RolloutLine.UserMessage message) {
    json.addProperty("type", "user_message");
    if (message.clientId() != null) {
      json.addProperty("client_id", message.clientId());
    }
    json.addProperty("message", message.text());
    JsonArray images = new JsonArray();
    message.images().forEach(images::add);
    json.add("images", images);
    JsonArray files = new JsonArray();
    message.localImages().forEach(file -> files.add(file.toString()));
    json.add("local_images", files);
    JsonArray elements = new JsonArray();
    message.textElements().forEach(element -> elements.add(textElement(element)));
    json.add("text_elements", elements);
  }

  private static JsonObject textElement(UserInput.TextElement element) {
    JsonObject range = new JsonObject();
    range.addProperty("start", element.byteRange().start());
    range.addProperty("end", element.byteRange().end());
    JsonObject json = new JsonObject();
    json.add("byte_range", range);
    json.addProperty("placeholder", element.placeholder());
    return json;
  }

  private static void taskStarted(JsonObject json, RolloutLine.TaskStarted started) {
    json.addProperty("type", "task_started");
    json.addProperty("turn_id", started.turnId().value());
    json.addProperty("started_at", started.startedAt());
    json.addProperty("model_context_window", started.modelContextWindow());
  }

  private static void taskComplete(JsonObject json, RolloutLine.TaskComplete complete) {
    json.addProperty("type", "task_complete");
    json.addProperty("turn_id", complete.turnId().value());
    json.addProperty("last_agent_message", complete.lastAgentMessage());
    if (complete.error() != null) {
      json.add("error", error(complete.error()));
    }
    times(json, complete.startedAt(), complete.completedAt(), complete.durationMs());
  }

  private static void itemCompleted(JsonObject json, RolloutLine.ItemCompleted completed) {
    json.addProperty("type", "item_completed");
    json.addProperty("thread_id", completed.threadId().value());
    json.addProperty("turn_id", completed.turnId().value());
    json.add("item", completed.item());
    json.addProperty("started_at_ms", completed.atMs());
    json.addProperty("completed_at_ms", completed.atMs());
  }

  private static void times(
      JsonObject json,
      @Nullable Long startedAt,
      @Nullable Long completedAt,
      @Nullable Long durationMs) {
    json.addProperty("started_at", startedAt);
    json.addProperty("completed_at", completedAt);
    json.addProperty("duration_ms", durationMs);
  }

  private static JsonObject error(TurnError error) {
    JsonObject json = new JsonObject();
    json.addProperty("message", error.message());
    switch (error.codexErrorInfo()) {
      case null -> {}
      case CodexErrorInfo.Kind kind ->
          json.addProperty("codex_error_info", kind.name().toLowerCase(Locale.ROOT));
      case CodexErrorInfo.HttpConnectionFailed(Integer status) ->
          json.add("codex_error_info", withStatus("http_connection_failed", status));
      case CodexErrorInfo.ResponseStreamDisconnected(Integer status) ->
          json.add("codex_error_info", withStatus("response_stream_disconnected", status));
      case CodexErrorInfo.ResponseTooManyFailedAttempts(Integer status) ->
          json.add("codex_error_info", withStatus("response_too_many_failed_attempts", status));
      // A request is refused for it; no turn ends with it.
      case CodexErrorInfo.ActiveTurnNotSteerable _ -> json.addProperty("codex_error_info", "other");
    }
    return json;
  }

  private static JsonObject withStatus(String kind, @Nullable Integer httpStatusCode) {
    JsonObject status = new JsonObject();
    status.addProperty("http_status_code", httpStatusCode);
    JsonObject json = new JsonObject();
    json.add(kind, status);
    return json;
  }

  private static JsonObject tokenUsage(TokenUsage usage) {
    JsonObject json = new JsonObject();
    json.add("total_token_usage", breakdown(usage.total()));
    json.add("last_token_usage", breakdown(usage.last()));
    json.addProperty("model_context_window", usage.modelContextWindow());
    return json;
  }

  private static JsonObject breakdown(TokenUsage.Breakdown tokens) {
    JsonObject json = new JsonObject();
    json.addProperty("input_tokens", tokens.inputTokens());
    json.addProperty("cached_input_tokens", tokens.cachedInputTokens());
    json.addProperty("cache_write_input_tokens", tokens.cacheWriteInputTokens());
    json.addProperty("output_tokens", tokens.outputTokens());
    json.addProperty("reasoning_output_tokens", tokens.reasoningOutputTokens());
    json.addProperty("total_tokens", tokens.totalTokens());
    return json;
  }
}
