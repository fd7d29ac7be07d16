package dev.codexlsp.core.turn;

import dev.codexlsp.core.model.ContextWindow;
import dev.codexlsp.core.model.ModelRequest;
import dev.codexlsp.core.model.Purpose;
import dev.codexlsp.core.model.ResponseItem;
import dev.codexlsp.core.tool.ChildEnvironment;
import dev.codexlsp.core.tool.DynamicTools;
import dev.codexlsp.core.tool.ExecEnvironment;
import dev.codexlsp.core.tool.Grants;
import dev.codexlsp.core.tool.RequestPermissionsTool;
import dev.codexlsp.core.tool.Reviewer;
import dev.codexlsp.core.tool.RuleBook;
import dev.codexlsp.core.tool.ToolGate;
import dev.codexlsp.core.tool.ToolRegistry;
import dev.codexlsp.core.tool.ToolSet;
import dev.codexlsp.core.tool.TurnChanges;
import dev.codexlsp.core.tool.TurnIo;
import dev.codexlsp.core.tool.TurnScope;
import dev.codexlsp.exec.sandbox.PermissionProfile;
import dev.codexlsp.exec.sandbox.SandboxProfiles;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/// Puts together what a turn works with: its tools, what lets them through, and the requests to the
/// model. Holds nothing of any turn.
final class TurnLoops {
  private final TurnRunner.Surroundings surroundings;
  private final Sampling sampling;
  private final ToolRegistry tools;

  TurnLoops(TurnRunner.Surroundings surroundings, Sampling sampling, ToolRegistry tools) {
    this.surroundings = surroundings;
    this.sampling = sampling;
    this.tools = tools;
  }

  /// What a loop begins with.
  ///
  /// @param input all that a request sends, of what was said before its step and what earlier tries
  ///   have completed
  record Parts(
      TurnHistory history,
      Compaction compaction,
      ConversationIo io,
      BinaryOperator<List<ResponseItem>> input) {}

  TurnLoop of(TurnRequest request, TurnSettings settings, Parts parts) {
    TurnHistory history = parts.history();
    ConversationIo io = parts.io();
    ToolSet all =
        tools.offered(
            settings.model(), DynamicTools.of(request.dynamicTools(), surroundings.clock()));
    ToolSet offered =
        settings.requestsPermissions() ? all : all.without(RequestPermissionsTool.NAME);
    ToolCalls toolCalls =
        new ToolCalls(
            offered,
            scope(request, settings, io, reviewer(request, settings, offered, history, io)));
    return new TurnLoop(
        sampling,
        said ->
            modelRequest(
                request,
                settings,
                new ModelRequestParts(
                    offered,
                    history.metadata(),
                    parts.input().apply(said, List.of()),
                    io.window())),
        toolCalls,
        request.steering(),
        parts.compaction(),
        io);
  }

  /// What of a request changes from step to step.
  private record ModelRequestParts(
      ToolSet offered,
      Map<String, String> metadata,
      List<ResponseItem> input,
      ContextWindow window) {}

  private static ModelRequest modelRequest(
      TurnRequest request, TurnSettings settings, ModelRequestParts parts) {
    TurnOptions options = request.work().options();
    return new ModelRequest(
        settings.provider(),
        settings.credential(),
        new ModelRequest.Caller(
            request.originator(),
            request.userAgent(),
            request.threadId(),
            request.turnId(),
            null,
            parts.metadata()),
        settings.model(),
        new ModelRequest.Manner(
            settings.effort(),
            settings.summary(),
            options.serviceTier() == null ? settings.serviceTier() : options.serviceTier(),
            options.outputSchema()),
        parts.input(),
        parts.offered().definitions(),
        new ModelRequest.Occasion(parts.window(), new Purpose.Step()));
  }

  /// Null when the user is asked at once.
  private @Nullable Reviewer reviewer(
      TurnRequest request, TurnSettings settings, ToolSet offered, TurnHistory history, TurnIo io) {
    return switch (settings.reviewer()) {
      case USER -> null;
      case AUTO_REVIEW ->
          new AutoReviewer(
              new ReviewThread(request, settings, surroundings, sampling, offered),
              // Calls run while the turn's thread, which owns the list, waits for them.
              history::items,
              surroundings.ids(),
              surroundings.clock(),
              io);
    };
  }

  private TurnScope scope(
      TurnRequest request, TurnSettings settings, TurnIo io, @Nullable Reviewer reviewer) {
    PermissionProfile permissions = SandboxProfiles.of(settings.sandbox());
    ExecEnvironment place = settings.environment();
    if (place != null && permissions instanceof PermissionProfile.Managed) {
      // While the model thinks.
      place.backend().prepareSandbox();
    }
    return new TurnScope(
        request.threadId(),
        request.turnId(),
        request.cwd(),
        permissions,
        settings.mode().kind(),
        place,
        new ChildEnvironment(
            settings.environmentRules(), request.threadId(), null, surroundings.version()),
        request.terminals(),
        new TurnChanges(request.cwd()),
        new Grants(request.grantedForSession()),
        new ToolGate(
            io,
            new ToolGate.Terms(settings.approvalPolicy(), settings.runsKnownSafe()),
            RuleBook.of(surroundings.rules()),
            reviewer,
            request.approvedForSession()),
        settings.config().context().toolOutputLimit(),
        settings.config().terminalLimit(),
        io);
  }
}
