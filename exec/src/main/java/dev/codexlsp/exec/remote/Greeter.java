package dev.codexlsp.exec.remote;

import dev.codexlsp.exec.protocol.ExecChannel;
import dev.codexlsp.exec.protocol.ExecError;
import dev.codexlsp.exec.protocol.ExecMethods;
import dev.codexlsp.exec.protocol.Initialize;
import dev.codexlsp.exec.protocol.Initialized;
import dev.codexlsp.exec.protocol.Trace;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes connections to one place and says hello on them. Any thread may call it.
final class Greeter {
  /// How this client introduces itself.
  private static final String CLIENT_NAME = "codex-lsp";

  private final RemotePlace place;
  private final Dialer dialer;
  private final Supplier<@Nullable Trace> traces;

  /// A connection that can be used for everything.
  record Greeted(Link link, Initialize.Result session) {}

  Greeter(RemotePlace place, Dialer dialer, Supplier<@Nullable Trace> traces) {
    this.place = place;
    this.dialer = dialer;
    this.traces = traces;
  }

  /// See [Dialer#pause].
  Duration pause(int attempts) {
    return dialer.pause(attempts);
  }

  /// Connects, and opens or resumes a session.
  ///
  /// @param listener may hear of processes before this returns
  /// @param resumed the session that must be resumed; null for a new one
  /// @param limit how long it may take at most, beside the limits of the place
  Greeted greet(Link.Listener listener, @Nullable String resumed, Duration limit)
      throws DialException, InterruptedException {
    long endBy = System.nanoTime() + limit.toNanos();
    ExecChannel channel = dialer.dial(limit);
    Link link = new Link(channel, listener, traces);
    link.start(dialer.receiver());
    try {
      Duration left = Duration.ofNanos(Math.max(0, endBy - System.nanoTime()));
      Greeted greeted = new Greeted(link, initialize(link, resumed, left));
      link.tell(ExecMethods.INITIALIZED, new Initialized());
      return greeted;
    } catch (CallException failure) {
      link.close("not greeted");
      throw told(failure, link.isNonsense());
    } catch (InterruptedException | DialException interrupt) {
      link.close("not greeted");
      throw interrupt;
    }
  }

  private Initialize.Result initialize(Link link, @Nullable String resumed, Duration left)
      throws CallException, DialException, InterruptedException {
    Duration limit = place.initializeTimeout();
    Initialize.Result session =
        link.call(
            ExecMethods.INITIALIZE,
            new Initialize(CLIENT_NAME, resumed),
            limit.compareTo(left) < 0 ? limit : left);
    if (resumed != null && !resumed.equals(session.sessionId())) {
      throw new DialException(place.described() + " has another session", false);
    }
    return session;
  }

  private DialException told(CallException failure, boolean isNonsense) {
    String who = place.described();
    return switch (failure) {
      case CallException.Refused refused ->
          new DialException(
              who + " refused the session: " + refused.getMessage(),
              refused.code() == ExecError.SESSION_ATTACHED);
      case CallException.Broken broken ->
          isNonsense
              ? new DialException(doesNotSpeak(broken.getMessage()), false)
              : new DialException("cannot use " + who + ": " + broken.getMessage(), true);
      case CallException.Unanswered late ->
          new DialException("cannot use " + who + ": " + late.getMessage(), true);
      case CallException.Ended ended ->
          new DialException("cannot use " + who + ": " + ended.getMessage(), true);
    };
  }

  /// A sentence about a server that says something that ours do not say.
  String doesNotSpeak(@Nullable String problem) {
    return place.described() + " does not speak the exec-server protocol: " + problem;
  }

  /// A sentence about a session that has come to its end.
  ///
  /// @param reason why the connection broke
  /// @param trouble why there is no other
  String lost(String reason, String trouble) {
    return "lost the connection to "
        + place.described()
        + " ("
        + reason
        + ") and could not resume: "
        + trouble;
  }
}
