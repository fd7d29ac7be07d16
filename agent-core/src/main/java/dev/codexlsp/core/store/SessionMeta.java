package dev.codexlsp.core.store;

import dev.codexlsp.core.thread.ThreadId;
import java.nio.file.Path;
import java.time.Instant;

/// How a thread came to be: the first line of its rollout.
///
/// @param originator the program that the user sees
/// @param source the original's word for the kind of program; it lists `vscode` and `cli` threads
///   unless it is asked for others
/// @param baseInstructions what the model was told before everything else; it is kept here and is
///   not repeated as a response item
public record SessionMeta(
    ThreadId id,
    Instant createdAt,
    Path cwd,
    String originator,
    String cliVersion,
    String source,
    String modelProvider,
    String baseInstructions)
    implements RolloutLine {}
