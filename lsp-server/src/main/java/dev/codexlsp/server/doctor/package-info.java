/// `codex-lsp doctor`: says in plain words whether this machine has what the agent needs, and what
/// to do if not.
///
/// Looks and changes nothing, one check after the other on the thread of `main`; each is bounded.
/// Never in here: a secret in a sentence.
@NullMarked
package dev.codexlsp.server.doctor;

import org.jspecify.annotations.NullMarked;
