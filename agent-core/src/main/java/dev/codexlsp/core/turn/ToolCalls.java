package dev.codexlsp.core.turn;

import dev.codexlsp.core.model.ResponseItem;
import dev.codexlsp.core.tool.ToolCall;
import dev.codexlsp.core.tool.ToolResult;
import dev.codexlsp.core.tool.ToolSet;
import dev.codexlsp.core.tool.TurnScope;
import io.opentelemetry.context.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Runs the calls of one answer: in their order, but that neighbours which may run beside each
/// other do so, each on a virtual thread. Whatever happens, each call gets an output, and the
/// outputs are in the order of the calls. Confined to the turn's thread.
final class ToolCalls {
  private static final System.Logger LOG = System.getLogger(ToolCalls.class.getName());

  /// The most that run at once; further ones wait for the next batch.
  static final int PARALLEL_LIMIT = 16;

  private static final String ABORTED = "aborted by user";

  private final ToolSet tools;
  private final TurnScope scope;

  ToolCalls(ToolSet tools, TurnScope scope) {
    this.tools = tools;
    this.scope = scope;
  }

  /// What the calls of one answer have come to.
  ///
  /// @param outputs one for each call, in their order
  /// @param isCancelled whether the user cancelled the turn at one of them
  /// @param allFailed whether there is none that did anything
  record Outputs(List<ResponseItem> outputs, boolean isCancelled, boolean allFailed) {}

  /// Runs the calls. After a cancel or an interrupt, those that have not run do not; an interrupt
  /// stays pending.
  Outputs run(List<ResponseItem> calls) {
    List<ResponseItem> outputs = new ArrayList<>();
    boolean isCancelled = false;
    boolean allFailed = true;
    int next = 0;
    while (next < calls.size() && !isCancelled && !Thread.currentThread().isInterrupted()) {
      List<ResponseItem> batch = calls.subList(next, end(calls, next));
      next += batch.size();
      for (Done done : batch.size() == 1 ? List.of(runHere(batch.getFirst())) : beside(batch)) {
        outputs.add(done.output());
        isCancelled |= done.isCancel();
        allFailed &= done.isFailure();
      }
    }
    for (ResponseItem call : calls.subList(next, calls.size())) {
      outputs.add(call.answered(ABORTED));
    }
    return new Outputs(outputs, isCancelled, allFailed);
  }

  private record Done(ResponseItem output, boolean isCancel, boolean isFailure) {}

  private int end(List<ResponseItem> calls, int start) {
    int end = start;
    while (end < calls.size()
        && end < start + PARALLEL_LIMIT
        && tools.isParallel(toolCall(calls.get(end)))) {
      end++;
    }
    return Math.max(end, start + 1);
  }

  private Done runHere(ResponseItem call) {
    try {
      return run(call);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      return new Done(call.answered(ABORTED), false, false);
    }
  }

  /// A cancel or an interrupt interrupts all of them; each tidies up before this returns.
  private List<Done> beside(List<ResponseItem> batch) {
    boolean isInterrupted;
    List<Future<Done>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CompletionService<Done> ended = new ExecutorCompletionService<>(threads);
      for (ResponseItem call : batch) {
        // The span of the turn goes along.
        running.add(ended.submit(Context.current().wrap(() -> run(call))));
      }
      isInterrupted = awaitAll(ended, batch.size(), threads);
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
    List<Done> done = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      Future<Done> one = running.get(i);
      done.add(
          one.state() == Future.State.SUCCESS
              ? one.resultNow()
              : new Done(batch.get(i).answered(ABORTED), false, false));
    }
    return done;
  }

  /// Whichever ends first is heard first: the user may cancel at the last question while the first
  /// one still waits.
  ///
  /// @return whether the wait was interrupted
  private static boolean awaitAll(
      CompletionService<Done> ended, int count, ExecutorService threads) {
    boolean isInterrupted = false;
    int left = count;
    while (left > 0) {
      try {
        Future<Done> one = ended.take();
        left--;
        if (one.state() == Future.State.SUCCESS && one.resultNow().isCancel()) {
          threads.shutdownNow();
        }
      } catch (InterruptedException interrupt) {
        isInterrupted = true;
        threads.shutdownNow();
      }
    }
    return isInterrupted;
  }

  /// A bug, or too little memory, is an answer too: the other calls and the turn go on.
  private Done run(ResponseItem call) throws InterruptedException {
    try {
      ToolResult result = tools.run(toolCall(call), scope);
      return new Done(
          call.answered(result.output().json()),
          result instanceof ToolResult.TurnCancelled,
          result instanceof ToolResult.Failed);
    } catch (RuntimeException | Error bug) {
      LOG.log(System.Logger.Level.ERROR, "the tool " + call.text("name") + " broke", bug);
      return new Done(call.answered(call.text("name") + " failed: internal error"), false, true);
    }
  }

  private static ToolCall toolCall(ResponseItem call) {
    boolean isFreeform = call.type().equals("custom_tool_call");
    return new ToolCall(
        call.text("call_id"),
        call.text("namespace"),
        call.text("name"),
        call.text(isFreeform ? "input" : "arguments"),
        isFreeform);
  }
}
