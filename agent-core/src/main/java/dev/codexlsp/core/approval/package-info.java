/// May this run? The rules, the question put to a human, and the answers that are possible.
///
/// Pure: decisions are functions of what is passed in. Whoever asks waits elsewhere; whoever shows
/// the question lives in the server. A failed, malformed or unknown answer is a refusal.
///
/// Never in here: I/O, JSON, editors.
@NullMarked
package dev.codexlsp.core.approval;

import org.jspecify.annotations.NullMarked;
