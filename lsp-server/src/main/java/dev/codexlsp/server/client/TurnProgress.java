package dev.codexlsp.server.client;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.codexlsp.core.thread.Item;
import dev.codexlsp.core.thread.ThreadEvent;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.thread.ThreadListener;
import dev.codexlsp.core.thread.TurnId;
import dev.codexlsp.core.thread.UserInput;
import dev.codexlsp.server.lsp.ClientProfile;
import dev.codexlsp.server.rpc.ClientEndpoint;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/// Shows each running turn as work-done progress, which the user can cancel. One per connection; a
/// turn has an entry from its start to its end.
public final class TurnProgress implements ThreadListener {
  private static final int TITLE_LIMIT = 60;

  /// A status line is short, and a command may hold a whole file.
  private static final int REPORT_LIMIT = 100;

  private final ClientEndpoint client;
  private final boolean createsTokens;
  private final BiConsumer<ThreadId, TurnId> interrupt;
  private final Map<TurnId, ProgressReport> running = new ConcurrentHashMap<>();

  /// @param interrupt ends a turn whose progress the user has cancelled
  public TurnProgress(
      ClientEndpoint client, ClientProfile profile, BiConsumer<ThreadId, TurnId> interrupt) {
    this.client = client;
    this.createsTokens = profile.workDoneProgress();
    this.interrupt = interrupt;
  }

  /// The client has named the token itself; it need not be created. Called before the turn's first
  /// event.
  public void useToken(ThreadId thread, TurnId turn, JsonElement token) {
    running.put(turn, new ProgressReport(client, thread, token));
  }

  @Override
  public void onEvent(ThreadEvent event) {
    switch (event) {
      case ThreadEvent.ItemStarted(ThreadId thread, TurnId turn, Item.UserMessage message, var _) ->
          begin(thread, turn, title(message));
      case ThreadEvent.ItemStarted(var _, TurnId turn, Item.CommandExecution command, var _) ->
          report(turn, VisibleText.clip(VisibleText.oneLine(command.command()), REPORT_LIMIT));
      case ThreadEvent.ItemStarted(var _, TurnId turn, Item.FileChange change, var _) ->
          report(turn, "changing " + files(change));
      case ThreadEvent.ItemStarted(var _, TurnId turn, Item.DynamicToolCall call, var _) ->
          report(turn, VisibleText.clip(VisibleText.oneLine(call.tool()), REPORT_LIMIT));
      case ThreadEvent.ItemStarted(var _, TurnId turn, Item.ImageView image, var _) ->
          report(turn, "looking at " + name(image.path()));
      case ThreadEvent.ItemStarted(var _, TurnId turn, Item.ContextCompaction _, var _) ->
          report(turn, "making the conversation shorter");
      case ThreadEvent.ItemStarted(var _, TurnId turn, Item.Plan _, var _) ->
          report(turn, "planning");
      case ThreadEvent.ItemStarted(var _, TurnId turn, Item.Reasoning _, var _) ->
          report(turn, "thinking");
      case ThreadEvent.ItemStarted(var _, var _, Item.EnteredReviewMode _, var _) -> {
        // The reviewer's task comes next, and names the entry.
      }
      case ThreadEvent.ItemStarted(var _, TurnId turn, Item.ExitedReviewMode _, var _) ->
          report(turn, "reviewed");
      case ThreadEvent.ItemStarted(var _, TurnId turn, Item.AgentMessage _, var _) ->
          report(turn, "answering");
      case ThreadEvent.TurnCompleted(var _, var turn) -> {
        ProgressReport ended = running.remove(turn.id());
        if (ended != null) {
          ended.end(turn.status().name().toLowerCase(Locale.ROOT));
        }
      }
      case ThreadEvent.ThreadStarted _,
          ThreadEvent.ThreadStatusChanged _,
          ThreadEvent.TurnStarted _,
          ThreadEvent.ItemCompleted _,
          ThreadEvent.AgentMessageDelta _,
          ThreadEvent.PlanDelta _,
          ThreadEvent.ReasoningSummaryPartAdded _,
          ThreadEvent.ReasoningSummaryTextDelta _,
          ThreadEvent.ReasoningTextDelta _,
          ThreadEvent.TerminalInteraction _,
          ThreadEvent.TurnDiffUpdated _,
          ThreadEvent.AutoApprovalReviewStarted _,
          ThreadEvent.AutoApprovalReviewCompleted _,
          ThreadEvent.GuardianWarning _,
          ThreadEvent.Warning _,
          ThreadEvent.TurnPlanUpdated _,
          ThreadEvent.CommandOutputDelta _,
          ThreadEvent.TokenUsageUpdated _,
          ThreadEvent.ErrorOccurred _ -> {}
    }
  }

  private static String files(Item.FileChange change) {
    return change.changes().size() == 1
        ? name(change.changes().getFirst().path())
        : change.changes().size() + " files";
  }

  private static String name(Path path) {
    Path name = path.getFileName();
    return VisibleText.clip(
        VisibleText.oneLine(name == null ? path.toString() : name.toString()), REPORT_LIMIT);
  }

  private void begin(ThreadId thread, TurnId turn, String title) {
    ProgressReport known = running.get(turn);
    if (known != null) {
      known.begin(title);
    } else if (createsTokens) {
      ProgressReport created =
          new ProgressReport(client, thread, new JsonPrimitive("codex-" + turn));
      running.put(turn, created);
      created.create(title);
    }
  }

  private void report(TurnId turn, String message) {
    ProgressReport report = running.get(turn);
    if (report != null) {
      report.report(message);
    }
  }

  /// `window/workDoneProgress/cancel`, on the reader thread. A token nobody knows belongs to a turn
  /// that has ended.
  public void cancel(JsonElement params) {
    if (params instanceof JsonObject object && object.get("token") instanceof JsonPrimitive token) {
      running.forEach((turn, report) -> {
        if (report.token().equals(token)) {
          interrupt.accept(report.thread(), turn);
        }
      });
    }
  }

  private static String title(Item.UserMessage message) {
    if (message.content().isEmpty()) {
      return "Codex";
    }
    String text =
        switch (message.content().getFirst()) {
          case UserInput.Text(String words, var _) -> VisibleText.oneLine(words.strip());
          case UserInput.Image _, UserInput.LocalImage _ -> "Codex: a picture";
          case UserInput.Skill skill -> VisibleText.oneLine(skill.name());
          case UserInput.Mention mention -> VisibleText.oneLine(mention.name());
        };
    return VisibleText.clip(text, TITLE_LIMIT);
  }
}
