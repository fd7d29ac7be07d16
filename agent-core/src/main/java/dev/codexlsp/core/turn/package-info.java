/// One turn, from the user's words to the last answer: ask the model, run what it calls, ask again.
///
/// Everything here runs on the turn's own virtual thread as straight blocking code and shares no
/// state; it speaks to the thread's owner through [dev.codexlsp.core.tool.TurnIo] only. An
/// interrupt of the thread ends the turn.
@NullMarked
package dev.codexlsp.core.turn;

import org.jspecify.annotations.NullMarked;
