package dev.codexlsp.exec.protocol;

import org.jspecify.annotations.Nullable;

/// A process has ended; its output may go on.
///
/// @param sandboxDenied whether it failed because of its sandbox; absent from older servers
public record ProcessExited(
    String processId, long seq, int exitCode, @Nullable Boolean sandboxDenied) {}
