package dev.codexlsp.core.turn;

import dev.codexlsp.core.model.ModelClient;
import dev.codexlsp.core.model.ModelEvent;
import dev.codexlsp.core.model.ModelException;
import dev.codexlsp.core.model.ModelRequest;
import dev.codexlsp.core.model.ModelStream;
import dev.codexlsp.core.model.Pause;
import dev.codexlsp.core.model.ResponseItem;
import dev.codexlsp.core.model.RetryDelay;
import dev.codexlsp.core.thread.ThreadEvent;
import dev.codexlsp.core.thread.TokenUsage;
import dev.codexlsp.core.tool.TurnIo;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One sampling step: the model is asked, and asked again while its stream fails in a way that may
/// pass. Every retry is announced. Items that were whole when a stream broke stay in the history.
/// Runs on the turn's thread.
public final class Sampling {
  private static final String NOT_RUN = "not run: the answer that asked for it broke off";

  private final ModelClient model;
  private final RetryDelay delays;
  private final Pause pause;
  private final Clock clock;

  public Sampling(ModelClient model, RetryDelay delays, Pause pause, Clock clock) {
    this.model = model;
    this.delays = delays;
    this.pause = pause;
    this.clock = clock;
  }

  /// What a step has come to.
  ///
  /// @param items what the model made, in order, and the outputs of calls that will not run; all
  ///   have been shown and remembered
  /// @param isCut whether the user has spoken before its end
  record Step(List<ResponseItem> items, boolean isCut) {}

  /// @param request called anew for each try, with the items that earlier tries completed
  Step step(RequestSource request, Steering steering, TurnIo io)
      throws ModelException, InterruptedException {
    List<ResponseItem> items = new ArrayList<>();
    steering.allowCut();
    try {
      tryAll(request, items, io);
    } catch (InterruptedException interrupt) {
      if (steering.endCut()) {
        return new Step(items, true);
      }
      throw interrupt;
    } finally {
      steering.endCut();
    }
    return new Step(items, false);
  }

  private void tryAll(RequestSource request, List<ResponseItem> items, TurnIo io)
      throws ModelException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      ModelRequest current = request.with(items);
      boolean isWhole = false;
      try {
        stream(current, items, io);
        isWhole = true;
        return;
      } catch (ModelException failure) {
        int retries = current.provider().streamMaxRetries();
        Duration delay = delayBefore(attempt, failure);
        if (delay == null || attempt > retries) {
          throw failure;
        }
        io.emit(
            new ThreadEvent.ErrorOccurred(
                current.threadId(),
                current.turnId(),
                failure.reconnecting(attempt, retries),
                true));
        pause.sleep(delay);
      } finally {
        if (!isWhole) {
          abandonCalls(items, io);
        }
      }
    }
  }

  /// The calls that nobody has answered yet.
  static List<ResponseItem> openCalls(List<ResponseItem> items) {
    Set<String> answered =
        items.stream()
            .filter(ResponseItem::isCallOutput)
            .map(output -> output.text("call_id"))
            .collect(Collectors.toSet());
    return items.stream()
        .filter(ResponseItem::isCall)
        .filter(call -> !answered.contains(call.text("call_id")))
        .toList();
  }

  /// A call that was whole when its stream broke is in the history but will not run. The service
  /// refuses a history in which a call has no output.
  private static void abandonCalls(List<ResponseItem> items, TurnIo io) {
    for (ResponseItem call : openCalls(items)) {
      ResponseItem output = call.answered(NOT_RUN);
      items.add(output);
      io.remember(output);
    }
  }

  /// Builds the request for one try.
  @FunctionalInterface
  interface RequestSource {
    ModelRequest with(List<ResponseItem> alreadyDone);
  }

  private @Nullable Duration delayBefore(int attempt, ModelException failure) {
    return switch (failure.retry()) {
      case ModelException.Retry.Never() -> null;
      case ModelException.Retry.Backoff() -> delays.before(attempt);
      case ModelException.Retry.After(Duration named) -> named;
    };
  }

  private void stream(ModelRequest request, List<ResponseItem> items, TurnIo io)
      throws ModelException, InterruptedException {
    StreamedItems shown = new StreamedItems(request.threadId(), request.turnId(), io, clock);
    try (ModelStream stream = model.open(request)) {
      while (true) {
        switch (stream.next()) {
          case ModelEvent.ItemAdded(ResponseItem item) -> shown.added(item);
          case ModelEvent.OutputTextDelta delta -> shown.textDelta(delta);
          case ModelEvent.ReasoningSummaryPartAdded part -> shown.summaryPartAdded(part);
          case ModelEvent.ReasoningSummaryTextDelta delta -> shown.summaryDelta(delta);
          case ModelEvent.ReasoningTextDelta delta -> shown.reasoningDelta(delta);
          case ModelEvent.ItemDone(ResponseItem item) -> {
            shown.done(item);
            items.add(item);
            io.remember(item);
          }
          case ModelEvent.Completed(String _, TokenUsage.Breakdown usage) -> {
            io.usage(usage);
            return;
          }
        }
      }
    } catch (InterruptedException interrupt) {
      // The user has seen these words, so the model must know that it has said them.
      for (ResponseItem words : shown.unfinishedMessages()) {
        items.add(words);
        io.remember(words);
      }
      throw interrupt;
    } finally {
      shown.completeOpen();
    }
  }
}
