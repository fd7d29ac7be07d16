package dev.codexlsp.server.demo;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.codexlsp.server.demo.ServerChild.Incoming;
import dev.codexlsp.server.rpc.Refusal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One turn as the client sees it: prints what comes, answers what is asked, and remembers what the
/// demo has to check. Belongs to the demo's thread.
final class TurnView {
  /// So many deltas show that an answer streams.
  private static final int ENOUGH_DELTAS = 8;

  private final ServerChild server;
  private final Page page;
  private final Approvals approvals;

  private @Nullable JsonElement progressToken;
  private boolean progressBegan;
  private boolean progressEnded;
  private int deltas;
  private String commandStatus = "";
  private String turnStatus = "";
  private String error = "";

  TurnView(ServerChild server, Page page, Approvals approvals) {
    this.server = server;
    this.page = page;
    this.approvals = approvals;
  }

  /// Watches until the turn has completed and its progress has ended.
  ///
  /// @param patience how long the server may say nothing
  void watch(Duration patience) throws DemoException, InterruptedException {
    while (turnStatus.isEmpty() || progressBegan != progressEnded) {
      show(server.next(patience));
    }
    page.endStream();
  }

  /// Watches until the turn can be cancelled in front of the person's eyes.
  void watchUntilTextStreams(Duration patience) throws DemoException, InterruptedException {
    while (turnStatus.isEmpty() && !(deltas >= ENOUGH_DELTAS && progressBegan)) {
      show(server.next(patience));
    }
  }

  /// The token of the progress that the server shows; null when it shows none.
  @Nullable JsonElement progressToken() {
    return progressBegan ? progressToken : null;
  }

  /// How the last command ended; empty when there was none.
  String commandStatus() {
    return commandStatus;
  }

  /// Whether the last command that asked may run.
  boolean acceptedCommand() {
    return approvals.acceptedLast();
  }

  String turnStatus() {
    return turnStatus;
  }

  /// Why the turn failed; empty when it did not say.
  String error() {
    return error;
  }

  private void show(Incoming incoming) throws InterruptedException {
    switch (incoming) {
      case Incoming.Told(var method, var params) -> told(method, params);
      case Incoming.Asked asked -> asked(asked);
      case Incoming.Ended() -> {
        // The child never hands this out.
      }
    }
  }

  private void asked(Incoming.Asked asked) throws InterruptedException {
    switch (asked.method()) {
      case "window/workDoneProgress/create" -> {
        progressToken = asked.params().get("token");
        asked.answer().complete(ServerChild.none());
      }
      case "codex/item/commandExecution/requestApproval" ->
          asked.answer().complete(approvals.decide(asked.params()));
      default -> asked.answer().completeExceptionally(Refusal.methodNotFound(asked.method()));
    }
  }

  private void told(String method, JsonObject params) {
    switch (method) {
      case "$/progress" -> progress(Json.child(params, "value"));
      case "codex/item/started" -> itemStarted(Json.child(params, "item"));
      case "codex/item/reasoning/summaryTextDelta" ->
          page.stream("reasoning", Json.text(params, "delta"));
      case "codex/item/agentMessage/delta" -> {
        deltas++;
        page.stream("answer", Json.text(params, "delta"));
      }
      case "codex/item/commandExecution/outputDelta" ->
          page.stream("output", Json.text(params, "delta"));
      case "codex/item/completed" -> itemCompleted(Json.child(params, "item"));
      case "codex/error" -> error(params);
      case "codex/turn/completed" -> turnCompleted(Json.child(params, "turn"));
      case "window/showMessage" -> page.line("message", Json.text(params, "message"));
      default -> {
        // The rest is for clients that keep a model of the thread.
      }
    }
  }

  private void progress(JsonObject value) {
    String kind = Json.text(value, "kind");
    String text = kind.equals("begin") ? Json.text(value, "title") : Json.text(value, "message");
    page.line("progress", kind.equals("report") ? text : kind + ": " + text);
    progressBegan |= kind.equals("begin");
    progressEnded |= kind.equals("end");
  }

  private void itemStarted(JsonObject item) {
    page.endStream();
    if (Json.text(item, "type").equals("userMessage")) {
      page.line("you", TurnPrompt.text(item));
    }
  }

  private void itemCompleted(JsonObject item) {
    page.endStream();
    if (Json.text(item, "type").equals("commandExecution")) {
      commandStatus = Json.text(item, "status");
      String exitCode = Json.text(item, "exitCode");
      page.line("command", commandStatus + (exitCode.isEmpty() ? "" : ", exit code " + exitCode));
    }
  }

  private void error(JsonObject params) {
    boolean willRetry = Json.text(params, "willRetry").equals("true");
    String message = Json.text(Json.child(params, "error"), "message");
    page.line("error", message + (willRetry ? " (the server tries again)" : ""));
  }

  private void turnCompleted(JsonObject turn) {
    turnStatus = Json.text(turn, "status");
    error = Json.text(Json.child(turn, "error"), "message");
    page.line("turn", turnStatus);
  }
}
