/// The tools a model may call, one file each, and the gate every effect passes.
///
/// A tool runs on the turn's own virtual thread and may wait there for anything. It tells the
/// thread's owner what happens through [dev.codexlsp.core.tool.TurnIo] and returns the text for the
/// model; failures of the outside world are text, never exceptions.
@NullMarked
package dev.codexlsp.core.tool;

import org.jspecify.annotations.NullMarked;
