package dev.codexlsp.server.headless;

import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.exec.sandbox.SandboxPolicy;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What the command line asks for.
///
/// @param prompt null or `-` for what standard input holds
/// @param thread where to go on; a new thread begins otherwise
/// @param cwd an absolute directory
/// @param isAnywhere whether it may lie outside of a git repository
/// @param model null leaves it to the configuration, as for the sandbox
/// @param outputSchema the file with what the answer has to look like
/// @param lastMessage the file for the model's last words
/// @param isJson whether standard output gets every event, a line each
public record Assignment(
    @Nullable String prompt,
    @Nullable Continuation thread,
    Path cwd,
    boolean isAnywhere,
    @Nullable String model,
    @Nullable SandboxPolicy sandbox,
    @Nullable Path outputSchema,
    @Nullable Path lastMessage,
    boolean isJson) {

  /// A thread to go on with.
  ///
  /// @param id null for the latest one of the directory
  public record Continuation(@Nullable ThreadId id) {}
}
