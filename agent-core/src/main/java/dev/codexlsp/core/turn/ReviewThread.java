package dev.codexlsp.core.turn;

import dev.codexlsp.core.approval.ApprovalPolicy;
import dev.codexlsp.core.approval.PermissionGrant;
import dev.codexlsp.core.approval.PlannedAction;
import dev.codexlsp.core.context.BaseInstructions;
import dev.codexlsp.core.model.ModelException;
import dev.codexlsp.core.model.ModelRequest;
import dev.codexlsp.core.model.ResponseItem;
import dev.codexlsp.core.store.Rollout;
import dev.codexlsp.core.store.SessionMeta;
import dev.codexlsp.core.store.TurnContext;
import dev.codexlsp.core.thread.ApprovalReview;
import dev.codexlsp.core.thread.ApprovalReview.Status;
import dev.codexlsp.core.thread.CollaborationMode;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.thread.Turn;
import dev.codexlsp.core.thread.TurnId;
import dev.codexlsp.core.tool.ChildEnvironment;
import dev.codexlsp.core.tool.Grants;
import dev.codexlsp.core.tool.RuleBook;
import dev.codexlsp.core.tool.Terminals;
import dev.codexlsp.core.tool.ToolGate;
import dev.codexlsp.core.tool.ToolSet;
import dev.codexlsp.core.tool.TurnChanges;
import dev.codexlsp.core.tool.TurnScope;
import dev.codexlsp.exec.sandbox.SandboxPolicy;
import dev.codexlsp.exec.sandbox.SandboxProfiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/// A conversation with the reviewer: one question, looks at files, one answer. It is a thread of
/// its own with its own rollout, and may change nothing.
///
/// @param request the turn that asks
record ReviewThread(
    TurnRequest request,
    TurnSettings settings,
    TurnRunner.Surroundings around,
    Sampling sampling,
    ToolSet tools) {
  /// The most that a reviewer is asked before it has to have answered.
  private static final int MAX_STEPS = 8;

  private static final Set<String> LOOKING = Set.of("exec_command", "write_stdin", "view_image");
  private static final SandboxPolicy READ_ONLY = new SandboxPolicy.ReadOnly(false);
  private static final String EFFORT = "low";
  private static final String SOURCE = "guardian_review";

  /// A word that no program lists among its conversations.
  private static final String STORED_SOURCE = "unknown";

  /// Blocks until the reviewer has answered. An answer that cannot be read is [Status#ABORTED].
  ApprovalReview ask(List<ResponseItem> history, PlannedAction action)
      throws ModelException, InterruptedException {
    ThreadId threadId = new ThreadId(around.ids().get());
    TurnId turnId = new TurnId(around.ids().get());
    long startedAt = around.clock().instant().getEpochSecond();
    Terminals terminals = new Terminals(ThreadLocalRandom.current(), () -> {});
    try (Rollout rollout = rollout(threadId)) {
      rollout.turnStarted(turn(turnId, Turn.Status.IN_PROGRESS, startedAt), contextWindow());
      ReviewIo io = new ReviewIo(rollout);
      io.settled(context(turnId));
      List<ResponseItem> prompt = ReviewPrompt.of(history, action);
      prompt.forEach(io::remember);
      String answer = converse(prompt, scope(threadId, turnId, terminals, io));
      rollout.turnEnded(turn(turnId, Turn.Status.COMPLETED, startedAt), answer);
      ApprovalReview review = ReviewAnswer.read(answer);
      return review == null ? ApprovalReview.of(Status.ABORTED) : review;
    } finally {
      terminals.close();
    }
  }

  private String converse(List<ResponseItem> prompt, TurnScope scope)
      throws ModelException, InterruptedException {
    ToolSet looking = tools.only(LOOKING);
    ToolCalls calls = new ToolCalls(looking, scope);
    List<ResponseItem> said = new ArrayList<>(prompt);
    for (int step = 0; step < MAX_STEPS; step++) {
      List<ResponseItem> items =
          sampling
              .step(
                  done -> modelRequest(scope, looking, joined(said, done)),
                  new Steering(),
                  scope.io())
              .items();
      said.addAll(items);
      List<ResponseItem> open = Sampling.openCalls(items);
      if (open.isEmpty()) {
        return lastMessage(items);
      }
      for (ResponseItem output : calls.run(open).outputs()) {
        said.add(output);
        scope.io().remember(output);
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
    return "";
  }

  private static String lastMessage(List<ResponseItem> items) {
    return items.reversed().stream()
        .filter(item -> item.type().equals("message"))
        .map(item -> String.join("", item.texts("content")))
        .findFirst()
        .orElse("");
  }

  private static List<ResponseItem> joined(List<ResponseItem> said, List<ResponseItem> done) {
    List<ResponseItem> input = new ArrayList<>(said);
    input.addAll(done);
    return input;
  }

  private ModelRequest modelRequest(TurnScope scope, ToolSet looking, List<ResponseItem> input) {
    return new ModelRequest(
        settings.provider(),
        settings.credential(),
        new ModelRequest.Caller(
            request.originator(),
            request.userAgent(),
            scope.threadId(),
            scope.turnId(),
            SOURCE,
            Map.of()),
        settings.model(),
        new ModelRequest.Manner(EFFORT, null, null, ReviewPrompt.schema()),
        input,
        looking.definitions(),
        ModelRequest.Occasion.ofWhole(scope.threadId()));
  }

  private TurnScope scope(ThreadId threadId, TurnId turnId, Terminals terminals, ReviewIo io) {
    return new TurnScope(
        threadId,
        turnId,
        request.cwd(),
        SandboxProfiles.of(READ_ONLY),
        CollaborationMode.DEFAULT,
        settings.environment(),
        new ChildEnvironment(settings.environmentRules(), threadId, null, around.version()),
        terminals,
        new TurnChanges(request.cwd()),
        new Grants(PermissionGrant.NOTHING),
        new ToolGate(
            io, new ToolGate.Terms(ApprovalPolicy.NEVER, false), RuleBook.none(), null, Set.of()),
        settings.config().context().toolOutputLimit(),
        settings.config().terminalLimit(),
        io);
  }

  private Rollout rollout(ThreadId threadId) {
    return around
        .store()
        .create(
            new SessionMeta(
                threadId,
                around.clock().instant(),
                request.cwd(),
                request.originator(),
                around.version(),
                STORED_SOURCE,
                settings.provider().id(),
                BaseInstructions.TEXT));
  }

  private TurnContext context(TurnId turnId) {
    return new TurnContext(
        turnId,
        request.cwd(),
        ApprovalPolicy.NEVER,
        READ_ONLY,
        settings.model().slug(),
        EFFORT,
        settings.model().contextWindow());
  }

  private long contextWindow() {
    return settings.model().contextWindow();
  }

  private static Turn turn(TurnId id, Turn.Status status, long startedAt) {
    return new Turn(id, List.of(), Turn.ItemsView.NOT_LOADED, status, null, startedAt, null, null);
  }
}
