package dev.codexlsp.core.tool;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.codexlsp.core.approval.CommandKey;
import dev.codexlsp.core.approval.PlannedAction;
import dev.codexlsp.core.command.ParsedCommand;
import dev.codexlsp.core.thread.RawJson;
import dev.codexlsp.core.thread.ReviewedAction;
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
        turn.grants().now(),
        arguments.tty(),
        arguments.isEscalated());
  }

  /// The same for a reviewer.
  PlannedAction planned() {
    JsonObject detail = new JsonObject();
    detail.addProperty("tool", "exec_command");
    JsonArray words = new JsonArray();
    spec.argv().forEach(words::add);
    detail.add("command", words);
    detail.addProperty("cwd", spec.directory().toString());
    detail.addProperty("environment_id", environment.id());
    detail.addProperty("justification", arguments.justification());
    detail.addProperty(
        "sandbox_permissions", arguments.isEscalated() ? "require_escalated" : "use_default");
    detail.addProperty("tty", arguments.tty());
    return new PlannedAction(
        new ReviewedAction.Command(
            ReviewedAction.Source.UNIFIED_EXEC, ShellWords.join(spec.argv()), spec.directory()),
        new RawJson(detail.toString()));
  }

  /// The command as it is started.
  ProcessSpec spec(boolean isConfined) {
    return isConfined && sandbox != null ? spec.within(sandbox) : spec;
  }
}
