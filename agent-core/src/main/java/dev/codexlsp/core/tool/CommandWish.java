package dev.codexlsp.core.tool;

import dev.codexlsp.core.approval.CommandKey;
import dev.codexlsp.core.command.ParsedCommand;
import dev.codexlsp.exec.ProcessSpec;
import dev.codexlsp.exec.sandbox.Confinement;
import org.jspecify.annotations.Nullable;

/// A command that a model wants to run, on its way to run.
///
/// @param spec the command without any sandbox
/// @param parsed its argv as far as we understand it
/// @param sandbox what limits it unless somebody allows more; null when nothing does
record CommandWish(
    ExecArguments arguments,
    ExecEnvironment environment,
    ProcessSpec spec,
    ParsedCommand parsed,
    @Nullable Confinement sandbox,
    CommandItem item,
    TurnScope turn) {

  CommandKey key() {
    return new CommandKey(
        environment.id(),
        spec.argv(),
        spec.directory(),
        turn.permissions(),
        arguments.tty(),
        arguments.isEscalated());
  }

  /// The command as it is started.
  ProcessSpec spec(boolean isConfined) {
    return isConfined && sandbox != null ? spec.within(sandbox) : spec;
  }
}
