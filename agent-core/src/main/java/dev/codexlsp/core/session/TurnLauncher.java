package dev.codexlsp.core.session;

import dev.codexlsp.core.approval.CommandKey;
import dev.codexlsp.core.thread.CodexException;
import dev.codexlsp.core.thread.TurnId;
import dev.codexlsp.core.turn.ThreadOverrides;
import dev.codexlsp.core.turn.TurnRequest;
import dev.codexlsp.core.turn.TurnRunner;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes turns ready to run. Holds nothing of any thread.
public final class TurnLauncher {
  private final TurnRunner runner;
  private final Clock clock;
  private final Supplier<String> ids;
  private final ClientIdentity client;

  public TurnLauncher(TurnRunner runner, Clock clock, Supplier<String> ids, ClientIdentity client) {
    this.runner = runner;
    this.clock = clock;
    this.ids = ids;
    this.client = client;
  }

  /// See [TurnRunner#objection].
  @Nullable CodexException objection(ThreadOverrides wishes) {
    return runner.objection(wishes);
  }

  /// The turn does not run before its `run` is called.
  RunningTurn prepare(
      ThreadState state,
      Mail.StartTurn start,
      Set<CommandKey> approvedForSession,
      Consumer<Mail> mailbox) {
    ThreadOverrides overrides = start.overrides().over(state.overrides());
    Path cwd = Objects.requireNonNull(overrides.cwd(), "a thread has a directory");
    TurnId turnId = new TurnId(ids.get());
    TurnLine line = new TurnLine(mailbox);
    TurnRequest request =
        new TurnRequest(
            state.id(),
            turnId,
            start.input(),
            start.clientMessageId(),
            cwd,
            overrides,
            state.history(),
            approvedForSession,
            client.originator(),
            client.userAgent());
    return new RunningTurn(turnId, clock, line, () -> runner.run(request, line), mailbox);
  }
}
