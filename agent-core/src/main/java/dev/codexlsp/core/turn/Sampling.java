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
import org.jspecify.annotations.Nullable;

/// One sampling step: the model is asked, and asked again while its stream fails in a way that may
/// pass. Every retry is announced. Items that were whole when a stream broke stay in the history.
/// Runs on the turn's thread.
public final class Sampling {
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

  /// The items the model made, in order; they have been shown and remembered.
  ///
  /// @param request called anew for each try, with the items that earlier tries completed
  List<ResponseItem> step(RequestSource request, TurnIo io)
      throws ModelException, InterruptedException {
    List<ResponseItem> items = new ArrayList<>();
    for (int attempt = 1; ; attempt++) {
      ModelRequest current = request.with(items);
      try {
        stream(current, items, io);
        return items;
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
      }
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
    } finally {
      completeOpen(shown);
    }
  }

  /// What was open is completed also when an interrupt has ended the stream; the interrupt is
  /// passed on.
  private static void completeOpen(StreamedItems shown) throws InterruptedException {
    boolean interrupted = Thread.interrupted();
    try {
      shown.completeOpen();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
