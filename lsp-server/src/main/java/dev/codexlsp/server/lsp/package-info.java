/// What only LSP has: the life of a session, and the client's own words about itself.
///
/// Owner: the reader thread.
///
/// Never in here: a method of ours, the agent's state.
@NullMarked
package dev.codexlsp.server.lsp;

import org.jspecify.annotations.NullMarked;
