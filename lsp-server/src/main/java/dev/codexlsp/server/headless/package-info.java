/// One prompt without an editor: `codex-lsp exec`, for scripts and pipelines.
///
/// A client of the agent in the same process. The thread's owner tells it of everything, and it
/// writes that down; the thread of `main` waits for the end. Nobody sits there, so every question
/// is refused. Never in here: what an item means to an editor, the agent's own decisions.
@NullMarked
package dev.codexlsp.server.headless;

import org.jspecify.annotations.NullMarked;
