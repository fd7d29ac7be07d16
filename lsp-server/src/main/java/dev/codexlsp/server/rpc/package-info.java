/// JSON-RPC over two byte streams: frames in, frames out, and what LSP4J leaves to us.
///
/// One reader thread reads frames, dispatches them, and then runs what the handlers have posted
/// ([dev.codexlsp.server.rpc.HandOff]). Any thread may send. Parameters and results arrive as JSON
/// trees; what they mean is decided above.
///
/// Never in here: a method's name other than the two that JSON-RPC itself needs, a wait.
@NullMarked
package dev.codexlsp.server.rpc;

import org.jspecify.annotations.NullMarked;
