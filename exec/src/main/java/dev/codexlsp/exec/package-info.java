/// Hands: how the rest of the house starts a command and hears what became of it.
///
/// The interfaces here are what the agent sees; where the command runs (this machine, another one)
/// is the business of the packages below. A process is told as one ordered stream of
/// [dev.codexlsp.exec.ProcessEvent]s, and it is over when [dev.codexlsp.exec.ProcessEvent.Closed]
/// has been read, not before.
///
/// Never in here: a model, a thread of conversation, LSP.
@NullMarked
package dev.codexlsp.exec;

import org.jspecify.annotations.NullMarked;
