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
  /// @param deadline when it is too late, whatever the limits of the place are
  Greeted greet(Link.Listener listener, @Nullable String resumed, Deadline deadline)
      throws DialException, InterruptedException {
    ExecChannel channel = dialer.dial(deadline.left());
    Link link = new Link(channel, listener, traces);
    link.start(dialer);
    try {
      Greeted greeted = new Greeted(link, initialize(link, resumed, deadline));
      link.tell(ExecMethods.INITIALIZED, new Initialized());
      return greeted;
    } catch (CallException failure) {
      link.close("not greeted");
      throw told(failure, link);
    } catch (InterruptedException | DialException | RuntimeException end) {
      link.close("not greeted");
      throw end;
    }
  }

  private Initialize.Result initialize(Link link, @Nullable String resumed, Deadline deadline)
      throws CallException, DialException, InterruptedException {
    Initialize.Result session =
        link.call(
            ExecMethods.INITIALIZE,
            new Initialize(CLIENT_NAME, resumed),
            deadline.atMost(place.initializeTimeout()));
    if (resumed != null && !resumed.equals(session.sessionId())) {
      throw new DialException(place.described() + " has another session", false);
    }
    return session;
  }

  /// Why a link that was just made cannot be used.
  DialException told(CallException failure, Link link) {
    String who = place.described();
    return switch (failure) {
      case CallException.Refused refused ->
          new DialException(
              who + " refused the session: " + refused.getMessage(),
              refused.code() == ExecError.SESSION_ATTACHED);
      case CallException.Broken _ -> broke(link);
      case CallException.Unanswered _, CallException.Ended _ ->
          new DialException("cannot use " + who + ": " + failure.getMessage(), true);
    };
  }

  /// The same of one that has broken.
  DialException broke(Link link) {
    return link.isNonsense()
        ? new DialException(doesNotSpeak(link.reason()), false)
        : new DialException("cannot use " + place.described() + ": " + link.reason(), true);
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
