/// Where a method finds its handler.
///
/// Everything runs on the reader thread: a handler checks its params, hands the work to its owner
/// by the hand-off, and returns a future at once.
///
/// Never in here: a wait, state of a thread, rendering.
@NullMarked
package dev.codexlsp.server.handler;

import org.jspecify.annotations.NullMarked;
