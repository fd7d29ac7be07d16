package dev.codexlsp.core.store;

import com.google.gson.JsonParser;
import dev.codexlsp.core.approval.ApprovalPolicy;
import dev.codexlsp.core.model.ContextWindow;
import dev.codexlsp.core.model.ResponseItem;
import dev.codexlsp.core.thread.Item;
import dev.codexlsp.core.thread.ItemId;
import dev.codexlsp.core.thread.ReviewOutput;
import dev.codexlsp.core.thread.ReviewTarget;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.thread.TokenUsage;
import dev.codexlsp.core.thread.Turn;
import dev.codexlsp.core.thread.TurnError;
import dev.codexlsp.core.thread.TurnId;
import dev.codexlsp.core.thread.UserInput;
import dev.codexlsp.exec.sandbox.SandboxPolicy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A small conversation, told to a rollout in the order in which a thread's owner tells it.
final class Conversation {
  static final Instant CREATED = Instant.parse("2026-11-20T23:30:05.250Z");
  static final ThreadId THREAD = new ThreadId("01a1fc40-9bc3-7602-82d1-59a95f395674");
  static final TurnId FIRST = new TurnId("01a1fc40-9c09-7381-88f5-a90aa4a502e7");
  static final TurnId SECOND = new TurnId("01a1fc41-637c-7632-b861-46480f8b94de");
  static final TurnId THIRD = new TurnId("01a1fc42-637c-7632-b861-46480f8b94de");
  private static final long WINDOW = 258_400;

  static final Compacted COMPACTED =
      new Compacted(
          "In short:\nhello was said",
          List.of(
              ResponseItem.message("user", "Say hello"),
              ResponseItem.message("user", "In short:\nhello was said")),
          ContextWindow.first(THREAD.value()).next("01a1fc41-9bc3-7602-82d1-59a95f395674"));

  private Conversation() {}

  static SessionMeta meta(Path cwd, String modelProvider) {
    return new SessionMeta(
        THREAD,
        CREATED,
        cwd,
        "codex-lsp",
        "0.1.0",
        "vscode",
        modelProvider,
        "Be helpful.\nBe brief.");
  }

  /// A turn with reasoning, words, a command, and the answer.
  static void firstTurn(Rollout rollout, Path cwd) {
    rollout.turnStarted(turn(FIRST, Turn.Status.IN_PROGRESS, null), WINDOW);
    rollout.append(ResponseItem.message("developer", "Commands are asked for."));
    rollout.append(ResponseItem.message("user", "The folder is " + cwd));
    rollout.turnContext(
        new TurnContext(
            FIRST,
            cwd,
            ApprovalPolicy.ON_REQUEST,
            new SandboxPolicy.WorkspaceWrite(List.of(Path.of("/srv/x")), false, true, false),
            "gpt-5.5",
            "high",
            WINDOW));
    rollout.append(ResponseItem.message("user", "Say hello, Grüße \"quoted\""));
    rollout.itemCompleted(
        new Item.UserMessage(
            new ItemId("u1"),
            "client-1",
            List.of(new UserInput.Text("Say hello, "), new UserInput.Text("Grüße \"quoted\""))));
    rollout.itemCompleted(
        new Item.Reasoning(new ItemId("rs_1"), List.of("**One**", "Two\nlines"), List.of("raw")));
    rollout.append(
        item(
            """
            {"type":"reasoning","id":"rs_1","encrypted_content":"opaque",
             "summary":[{"type":"summary_text","text":"**One**"},
                        {"type":"summary_text","text":"Two\\nlines"}]}\
            """));
    rollout.itemCompleted(
        new Item.AgentMessage(new ItemId("msg_1"), "I will run it.", "commentary"));
    rollout.append(assistant("msg_1", "I will run it."));
    ResponseItem call =
        item(
            """
            {"type":"function_call","id":"fc_1","name":"exec_command","call_id":"call_1",
             "arguments":"{\\"cmd\\":\\"echo hello\\"}","unknown_member":{"kept":[1.0,null]}}\
            """);
    rollout.append(call);
    rollout.append(call.answered("Output:\nhello\n"));
    rollout.itemCompleted(command());
    rollout.tokenUsage(usage(1));
    rollout.itemCompleted(new Item.AgentMessage(new ItemId("msg_2"), "Done.", null));
    rollout.append(assistant("msg_2", "Done."));
    rollout.tokenUsage(usage(2));
    rollout.turnEnded(turn(FIRST, Turn.Status.COMPLETED, null), "Done.");
  }

  /// A turn that puts a summary in the place of everything before.
  static void compaction(Rollout rollout) {
    rollout.turnStarted(turn(SECOND, Turn.Status.IN_PROGRESS, null), WINDOW);
    rollout.compacted(COMPACTED);
    rollout.turnEnded(turn(SECOND, Turn.Status.COMPLETED, null), null);
  }

  /// A turn that reviews, and finds something of unknown urgency.
  static void review(Rollout rollout, ReviewTarget target) {
    rollout.turnStarted(turn(SECOND, Turn.Status.IN_PROGRESS, null), WINDOW);
    rollout.itemCompleted(new Item.EnteredReviewMode(new ItemId("r1"), "the label", target));
    ReviewOutput.Finding finding =
        new ReviewOutput.Finding(
            "[P1] Loses a line",
            "At the end.",
            Path.of("/w/a.py"),
            new ReviewOutput.LineRange(3, 5),
            null,
            null);
    rollout.itemCompleted(
        new Item.ExitedReviewMode(
            new ItemId("r2"),
            "ours, rendered",
            new ReviewOutput(List.of(finding), "patch is incorrect", "It loses data.", 0.8)));
    rollout.append(assistant("msg_3", "It loses data."));
    rollout.itemCompleted(new Item.AgentMessage(new ItemId("msg_3"), "It loses data.", null));
    rollout.turnEnded(turn(SECOND, Turn.Status.COMPLETED, null), "It loses data.");
  }

  /// A turn that comes to a plan.
  static void plan(Rollout rollout) {
    rollout.turnStarted(turn(THIRD, Turn.Status.IN_PROGRESS, null), WINDOW);
    rollout.itemCompleted(new Item.Plan(new ItemId(THIRD + "-plan"), "- one step\n"));
    rollout.append(assistant("msg_4", "<proposed_plan>\\n- one step\\n</proposed_plan>"));
    rollout.turnEnded(turn(THIRD, Turn.Status.COMPLETED, null), null);
  }

  /// A turn that nothing comes of: interrupted, or failed when there is an error.
  static void fruitlessTurn(Rollout rollout, @Nullable TurnError error) {
    rollout.turnStarted(turn(SECOND, Turn.Status.IN_PROGRESS, null), WINDOW);
    rollout.append(ResponseItem.message("user", "Once more"));
    rollout.itemCompleted(
        new Item.UserMessage(new ItemId("u2"), null, List.of(new UserInput.Text("Once more"))));
    Turn.Status status = error == null ? Turn.Status.INTERRUPTED : Turn.Status.FAILED;
    rollout.turnEnded(turn(SECOND, status, error), null);
  }

  static Turn turn(TurnId id, Turn.Status status, @Nullable TurnError error) {
    boolean ended = status != Turn.Status.IN_PROGRESS;
    return new Turn(
        id,
        List.of(),
        Turn.ItemsView.NOT_LOADED,
        status,
        error,
        1_795_217_405L,
        ended ? 1_795_217_406L : null,
        ended ? 1_318L : null);
  }

  private static Item.CommandExecution command() {
    return new Item.CommandExecution(
        new ItemId("call_1"),
        "/bin/sh -c 'echo hello'",
        Path.of("/work"),
        "1",
        Item.Source.AGENT,
        Item.CommandStatus.COMPLETED,
        List.of(),
        "hello\n",
        0,
        12L);
  }

  private static TokenUsage usage(int responses) {
    TokenUsage.Breakdown last = new TokenUsage.Breakdown(15, 10, 4, 3, 5, 2);
    return new TokenUsage(responses == 1 ? last : last.plus(last), last, WINDOW);
  }

  private static ResponseItem assistant(String id, String text) {
    return item(
        """
        {"type":"message","id":"%s","role":"assistant","status":"completed",
         "content":[{"type":"output_text","text":"%s","annotations":[]}]}\
        """
            .formatted(id, text));
  }

  private static ResponseItem item(String json) {
    return new ResponseItem(JsonParser.parseString(json).getAsJsonObject());
  }
}
