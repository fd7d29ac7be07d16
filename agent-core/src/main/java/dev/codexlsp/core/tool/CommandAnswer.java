package dev.codexlsp.core.tool;

import java.time.Duration;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/// Waits at a command and says to the model what there is to see: the end of it, or where to ask
/// again. Any thread may call it.
final class CommandAnswer {
  private final RandomGenerator random;

  CommandAnswer(RandomGenerator random) {
    this.random = random;
  }

  /// A command that has ended is forgotten with this answer.
  ToolResult of(RunningCommand command, Duration yield, int budget, TurnScope turn)
      throws InterruptedException {
    RunningCommand.Glance glance = command.await(yield);
    if (glance.isOver()) {
      turn.terminals().forget(command);
    } else {
      turn.terminals().handOut(command);
    }
    return new ToolResult.Answered(
        new OutputText(
                HexFormat.of().toHexDigits(random.nextInt(), 6),
                glance.wallTime(),
                glance.isOver() ? null : command.id(),
                glance.exitCode(),
                glance.remark(),
                glance.output(),
                budget)
            .within(turn.outputLimit()));
  }
}
