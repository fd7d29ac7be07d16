/// Threads on disk: one rollout file each, in the original's format, so that the original can go on
/// with a thread of ours.
///
/// A rollout is the truth about a thread: append-only lines of JSON, each written with one system
/// call before the call that asked for it returns, so that a killed process loses nothing that
/// somebody was told. What is written is the original's legacy kind. The line types are the store's
/// own ([dev.codexlsp.core.store.RolloutLine]); callers speak in threads, turns and items.
///
/// Owner: the owner of the thread; nothing here is shared between threads but the locks in the file
/// system. Never in here: a credential, a decision about a turn, a notification.
@NullMarked
package dev.codexlsp.core.store;

import org.jspecify.annotations.NullMarked;
