package dev.codexlsp.exec.remote;

import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Gets a session a new connection when it has lost one, within a budget of time.
///
/// A connection that breaks again before anything has come of it gives no new budget, so a server
/// that resumes and hangs up is not called for ever.
///
/// One thread at a time: the next one comes only after the link of the one before went live.
final class Recovery {
  /// What part of the budget a connection has to live to count as a new beginning.
  private static final int SETTLED_PART = 9;

  private final Greeter greeter;
  private final Timing timing;
  private final Routes routes;
  private final String sessionId;
  private String reason = "";
  private Deadline budget;
  private int attempts;
  private long liveSince;
  private long toldBefore;

  Recovery(Greeter greeter, Timing timing, Routes routes, String sessionId) {
    this.greeter = greeter;
    this.timing = timing;
    this.routes = routes;
    this.sessionId = sessionId;
    this.budget = Deadline.in(Duration.ZERO);
    this.liveSince = System.nanoTime() - timing.recovery().toNanos();
  }

  /// Connects until a link goes live.
  ///
  /// @param listener of the new link
  /// @param goesLive takes the link; false when it has already broken again
  /// @return null when the session goes on; else why it does not
  @Nullable String run(Link broken, Link.Listener listener, Predicate<Link> goesLive)
      throws InterruptedException {
    if (broken.isNonsense()) {
      return greeter.doesNotSpeak(broken.reason());
    }
    begin(broken.reason());
    try {
      @Nullable String trouble = attempts == 0 ? attempt(listener, goesLive) : reason;
      while (trouble != null) {
        pause(trouble);
        String next = attempt(listener, goesLive);
        // What an attempt met that the end of the budget has cut short is not why.
        trouble = next == null || budget.left().isPositive() ? next : trouble;
      }
      return null;
    } catch (DialException hopeless) {
      return greeter.lost(reason, String.valueOf(hopeless.getMessage()));
    }
  }

  private void begin(String newReason) {
    long now = System.nanoTime();
    boolean hasSettled = now - liveSince >= timing.recovery().toNanos() / SETTLED_PART;
    if (hasSettled || routes.told() != toldBefore) {
      reason = newReason;
      budget = Deadline.in(timing.recovery());
      attempts = 0;
    }
  }

  private void pause(String trouble) throws DialException, InterruptedException {
    Duration pause = greeter.pause(attempts - 1);
    boolean hasTime = budget.left().compareTo(pause) > 0;
    if (hasTime) {
      Thread.sleep(pause);
    }
    // A sleep may take longer than it was meant to.
    if (!hasTime || !budget.left().isPositive()) {
      throw new DialException(trouble + "; gave up after " + Words.of(timing.recovery()), false);
    }
  }

  /// Tries once. Null when the session goes on; else what stood in the way.
  private @Nullable String attempt(Link.Listener listener, Predicate<Link> goesLive)
      throws DialException, InterruptedException {
    attempts++;
    try {
      Link link = greeter.greet(listener, sessionId, budget).link();
      try {
        readAll(link);
        liveSince = System.nanoTime();
        toldBefore = routes.told();
        if (goesLive.test(link)) {
          return null;
        }
        throw greeter.broke(link);
      } catch (CallException failure) {
        link.close("not resumed");
        throw greeter.told(failure, link);
      } catch (InterruptedException | RuntimeException end) {
        link.close("closed");
        throw end;
      }
    } catch (DialException failure) {
      if (!failure.mayPass()) {
        throw failure;
      }
      return failure.getMessage();
    }
  }

  private void readAll(Link link) throws CallException, InterruptedException {
    for (RemoteProcess process : routes.all()) {
      process.events().resume(link, budget);
    }
  }
}
