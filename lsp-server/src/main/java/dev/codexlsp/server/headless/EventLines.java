package dev.codexlsp.server.headless;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import dev.codexlsp.core.session.OpenedThread;
import dev.codexlsp.core.thread.Item;
import dev.codexlsp.core.thread.ItemId;
import dev.codexlsp.core.thread.ThreadEvent;
import dev.codexlsp.core.thread.TokenUsage;
import dev.codexlsp.core.thread.Turn;
import dev.codexlsp.core.thread.TurnError;
import dev.codexlsp.core.thread.TurnPlanStep;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Every event as a line of JSON, in the original's form; `docs/headless.md` describes it.
final class EventLines implements Display {
  /// Grows when a line changes its meaning or loses a member.
  static final int VERSION = 1;

  private static final Gson JSON =
      new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

  private final PrintStream out;

  /// Items are numbered in the order in which they are first shown.
  private final Map<ItemId, Integer> numbers = new HashMap<>();

  private int shown;
  private TokenUsage.Breakdown usage = TokenUsage.Breakdown.ZERO;

  /// The turn's plan as it was shown last, and its number.
  private @Nullable Plan plan;

  private record Plan(int number, List<TurnPlanStep> steps) {}

  EventLines(PrintStream out) {
    this.out = out;
  }

  @Override
  public void opened(OpenedThread thread, String prompt) {
    JsonObject line = line("thread.started");
    line.addProperty("thread_id", thread.thread().id().value());
    line.addProperty("events_version", VERSION);
    print(line);
  }

  @Override
  public void refused(String reason) {
    error(reason);
  }

  @Override
  public void event(ThreadEvent event) {
    switch (event) {
      case ThreadEvent.TurnStarted _ -> print(line("turn.started"));
      case ThreadEvent.ItemStarted(var _, var _, Item item, long _) -> started(item);
      case ThreadEvent.ItemCompleted(var _, var _, Item item, long _) -> completed(item);
      case ThreadEvent.TurnPlanUpdated planned -> planned(planned.plan());
      case ThreadEvent.TokenUsageUpdated(var _, var _, TokenUsage now) -> usage = now.total();
      case ThreadEvent.ErrorOccurred(var _, var _, TurnError error, boolean willRetry) ->
          error(message(error, willRetry));
      case ThreadEvent.TurnCompleted(var _, Turn turn) -> ended(turn);
      case ThreadEvent.GuardianWarning(var _, String message) -> error(message);
      case ThreadEvent.Warning(var _, String message) -> error(message);
      case ThreadEvent.ThreadStarted _,
          ThreadEvent.ThreadStatusChanged _,
          ThreadEvent.AgentMessageDelta _,
          ThreadEvent.PlanDelta _,
          ThreadEvent.ReasoningSummaryPartAdded _,
          ThreadEvent.ReasoningSummaryTextDelta _,
          ThreadEvent.ReasoningTextDelta _,
          ThreadEvent.CommandOutputDelta _,
          ThreadEvent.TerminalInteraction _,
          ThreadEvent.TurnDiffUpdated _,
          ThreadEvent.AutoApprovalReviewStarted _,
          ThreadEvent.AutoApprovalReviewCompleted _ -> {}
    }
  }

  @Override
  public boolean isHeard() {
    return !out.checkError();
  }

  /// Words come at once, what takes its time comes twice.
  private void started(Item item) {
    switch (item) {
      case Item.CommandExecution _, Item.FileChange _ -> show("item.started", item);
      case Item.UserMessage _,
          Item.AgentMessage _,
          Item.Reasoning _,
          Item.DynamicToolCall _,
          Item.ImageView _,
          Item.Plan _,
          Item.EnteredReviewMode _,
          Item.ExitedReviewMode _,
          Item.ContextCompaction _ -> {}
    }
  }

  private void completed(Item item) {
    show("item.completed", item);
  }

  private void show(String event, Item item) {
    JsonObject json = ItemLine.of(item);
    if (json != null) {
      show(event, numbers.computeIfAbsent(item.id(), _ -> shown++), json);
    }
  }

  private void show(String event, int number, JsonObject item) {
    JsonObject named = new JsonObject();
    named.addProperty("id", "item_" + number);
    item.asMap().forEach(named::add);
    JsonObject line = line(event);
    line.add("item", named);
    print(line);
  }

  private void planned(List<TurnPlanStep> steps) {
    Plan earlier = plan;
    Plan now = new Plan(earlier == null ? shown++ : earlier.number(), steps);
    plan = now;
    show(earlier == null ? "item.started" : "item.updated", now.number(), ItemLine.plan(steps));
  }

  private void ended(Turn turn) {
    if (plan != null) {
      show("item.completed", plan.number(), ItemLine.plan(plan.steps()));
    }
    switch (turn.status()) {
      case COMPLETED -> {
        JsonObject line = line("turn.completed");
        line.add("usage", usage());
        print(line);
      }
      case FAILED, INTERRUPTED, IN_PROGRESS -> {
        TurnError error = turn.error();
        JsonObject reason = new JsonObject();
        reason.addProperty("message", error == null ? "interrupted" : error.message());
        JsonObject line = line("turn.failed");
        line.add("error", reason);
        print(line);
      }
    }
  }

  /// Over the whole thread.
  private JsonObject usage() {
    JsonObject json = new JsonObject();
    json.addProperty("input_tokens", usage.inputTokens());
    json.addProperty("cached_input_tokens", usage.cachedInputTokens());
    json.addProperty("cache_write_input_tokens", usage.cacheWriteInputTokens());
    json.addProperty("output_tokens", usage.outputTokens());
    json.addProperty("reasoning_output_tokens", usage.reasoningOutputTokens());
    return json;
  }

  private static String message(TurnError error, boolean willRetry) {
    String details = error.additionalDetails();
    return willRetry && details != null ? error.message() + " (" + details + ")" : error.message();
  }

  private void error(String message) {
    JsonObject line = line("error");
    line.addProperty("message", message);
    print(line);
  }

  private static JsonObject line(String type) {
    JsonObject line = new JsonObject();
    line.addProperty("type", type);
    return line;
  }

  /// One write per line, so that whoever reads along sees it whole.
  private void print(JsonObject line) {
    byte[] bytes = (JSON.toJson(line) + "\n").getBytes(UTF_8);
    out.write(bytes, 0, bytes.length);
    out.flush();
  }
}
