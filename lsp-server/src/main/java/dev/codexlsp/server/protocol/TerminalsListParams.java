package dev.codexlsp.server.protocol;

import dev.codexlsp.core.thread.ThreadId;
import org.jspecify.annotations.Nullable;

/// Which commands of a thread run in the background.
///
/// @param cursor what an earlier page said comes next
/// @param limit how many to tell at once; all of them unless given
public record TerminalsListParams(
    ThreadId threadId, @Nullable String cursor, @Nullable Integer limit) {}
