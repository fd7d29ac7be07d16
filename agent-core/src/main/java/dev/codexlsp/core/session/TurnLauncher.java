package dev.codexlsp.core.session;

import dev.codexlsp.core.thread.CodexException;
import dev.codexlsp.core.thread.TurnId;
import dev.codexlsp.core.tool.Terminals;
import dev.codexlsp.core.turn.Steering;
import dev.codexlsp.core.turn.ThreadOverrides;
import dev.codexlsp.core.turn.TurnRequest;
import dev.codexlsp.core.turn.TurnRunner;
import dev.codexlsp.core.turn.TurnWork;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Makes turns ready to run. Holds nothing of any thread.
public final class TurnLauncher {
  private final TurnRunner runner;
  private final Clock clock;
  private final Supplier<String> ids;
  private final RandomGenerator random;
  private final ClientIdentity client;

  public TurnLauncher(
      TurnRunner runner,
      Clock clock,
      Supplier<String> ids,
      RandomGenerator random,
      ClientIdentity client) {
    this.runner = runner;
    this.clock = clock;
    this.ids = ids;
    this.random = random;
    this.client = client;
  }

  /// The place for the commands of one thread.
  ///
  /// @param onEnd see [Terminals]
  Terminals terminals(Runnable onEnd) {
    return new Terminals(random, onEnd);
  }

  /// See [TurnRunner#objection].
  @Nullable CodexException objection(ThreadOverrides wishes) {
    return runner.objection(wishes);
  }

  /// A promise of a turn.
  AcceptedTurn accept(TurnWork work) {
    return new AcceptedTurn(new TurnId(ids.get()), work);
  }

  /// The turn gets the thread as it is now. It does not run before its `run` is called.
  RunningTurn launch(AcceptedTurn turn, ThreadParts parts, Consumer<Mail> mailbox) {
    ThreadState state = parts.state();
    ThreadOverrides overrides = state.overrides();
    Path cwd = Objects.requireNonNull(overrides.cwd(), "a thread has a directory");
    TurnLine line = new TurnLine(mailbox);
    Steering steering = new Steering();
    TurnRequest request =
        new TurnRequest(
            state.id(),
            turn.id(),
            turn.work(),
            steering,
            cwd,
            overrides,
            state.conversation(),
            parts.requests().approvedForSession(),
            parts.requests().grantedForSession(),
            parts.terminals(),
            state.dynamicTools(),
            client.originator(),
            client.userAgent());
    return new RunningTurn(turn, clock, steering, () -> runner.run(request, line), mailbox);
  }
}
