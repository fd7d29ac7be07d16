/// What a command means: its simple commands, the rules for them, and what is known of programs.
///
/// Whoever decides asks here in this order: [dev.codexlsp.core.command.ShellParser] takes the argv
/// apart, [dev.codexlsp.core.command.CommandRules] says what the user's rule files hold about it,
/// [dev.codexlsp.core.command.DangerousCommands] and [dev.codexlsp.core.command.KnownSafeCommands]
/// say what is known without them, and [dev.codexlsp.core.command.ProgramTrust] whether an allowed
/// command may leave the sandbox.
///
/// Two readings of a script live side by side. The strict one answers only when every shell it
/// speaks for would execute exactly the words it found; permission is given by it alone. The loose
/// one finds as many commands as it can in any text; it can only add reasons to ask.
///
/// Owner: none; everything is immutable and a function of what is passed in. Never in here: I/O,
/// JSON, a question to the user.
@NullMarked
package dev.codexlsp.core.command;

import org.jspecify.annotations.NullMarked;
