package dev.codexlsp.core.turn;

import dev.codexlsp.core.approval.ApprovalRequest;
import dev.codexlsp.core.approval.PlannedAction;
import dev.codexlsp.core.model.ResponseItem;
import dev.codexlsp.core.thread.ApprovalReview;
import dev.codexlsp.core.thread.ApprovalReview.Status;
import dev.codexlsp.core.thread.ItemId;
import dev.codexlsp.core.thread.ThreadEvent;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.thread.TurnId;
import dev.codexlsp.core.tool.Reviewer;
import dev.codexlsp.core.tool.TurnIo;
import io.opentelemetry.context.Context;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// Lets a model judge in the user's place (`approvals_reviewer = "auto_review"`) and tells the
/// clients so. A reviewer that fails, or takes too long, has no opinion, and the user is asked.
final class AutoReviewer implements Reviewer {
  private static final System.Logger LOG = System.getLogger(AutoReviewer.class.getName());

  /// How long a review may take.
  static final Duration LIMIT = Duration.ofSeconds(90);

  private static final String AGENT = "agent";

  private final ReviewThread thread;
  private final Supplier<List<ResponseItem>> history;
  private final Supplier<String> ids;
  private final Clock clock;
  private final TurnIo io;

  /// @param history what has been said in the turn that asks
  /// @param io of the turn that asks
  AutoReviewer(
      ReviewThread thread,
      Supplier<List<ResponseItem>> history,
      Supplier<String> ids,
      Clock clock,
      TurnIo io) {
    this.thread = thread;
    this.history = history;
    this.ids = ids;
    this.clock = clock;
    this.io = io;
  }

  /// One review and what it is about.
  private record About(
      ThreadId threadId, TurnId turnId, ItemId itemId, String reviewId, long startedAtMs) {}

  @Override
  public Opinion review(ApprovalRequest request, PlannedAction action) throws InterruptedException {
    About about =
        new About(
            request.threadId(), request.turnId(), request.itemId(), ids.get(), clock.millis());
    io.emit(
        new ThreadEvent.AutoApprovalReviewStarted(
            about.threadId(),
            about.turnId(),
            about.reviewId(),
            about.itemId(),
            about.startedAtMs(),
            ApprovalReview.of(Status.IN_PROGRESS),
            action.shown()));
    ApprovalReview review = ApprovalReview.of(Status.ABORTED);
    try {
      review = within(LIMIT, action);
      return opinion(review);
    } finally {
      completed(about, action, review);
    }
  }

  private void completed(About about, PlannedAction action, ApprovalReview review)
      throws InterruptedException {
    if (review.rationale() != null) {
      io.emit(new ThreadEvent.GuardianWarning(about.threadId(), warning(review)));
    }
    io.emit(
        new ThreadEvent.AutoApprovalReviewCompleted(
            about.threadId(),
            about.turnId(),
            about.reviewId(),
            about.itemId(),
            about.startedAtMs(),
            clock.millis(),
            AGENT,
            review,
            action.shown()));
  }

  private static String warning(ApprovalReview review) {
    return "Automatic review "
        + (review.status() == Status.APPROVED ? "approved: " : "denied: ")
        + review.rationale();
  }

  private static Opinion opinion(ApprovalReview review) {
    String rationale = review.rationale();
    return switch (review.status()) {
      case APPROVED -> new Opinion.Approved();
      case DENIED -> new Opinion.Denied(rationale == null ? "no reason given" : rationale);
      case TIMED_OUT -> new Opinion.None("the reviewer took too long");
      case ABORTED, IN_PROGRESS -> new Opinion.None("the reviewer could not say");
    };
  }

  private ApprovalReview within(Duration limit, PlannedAction action) throws InterruptedException {
    List<ResponseItem> said = history.get();
    try (ExecutorService one = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<ApprovalReview> review =
          one.submit(Context.current().wrap(() -> thread.ask(said, action)));
      try {
        return review.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException tooLong) {
        one.shutdownNow();
        return ApprovalReview.of(Status.TIMED_OUT);
      } catch (ExecutionException failure) {
        LOG.log(System.Logger.Level.WARNING, "a review failed", failure.getCause());
        return ApprovalReview.of(Status.ABORTED);
      } catch (InterruptedException interrupt) {
        one.shutdownNow();
        throw interrupt;
      }
    }
  }
}
