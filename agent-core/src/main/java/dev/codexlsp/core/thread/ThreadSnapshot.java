package dev.codexlsp.core.thread;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A thread as a client sees it at one moment (the wire's `Thread`).
///
/// @param createdAt Unix seconds, as are `updatedAt` and `recencyAt`
/// @param path the rollout file; it appears on disk with the first turn
/// @param source what kind of program started the thread
public record ThreadSnapshot(
    ThreadId id,
    ThreadId sessionId,
    @Nullable ThreadId forkedFromId,
    String preview,
    boolean ephemeral,
    String historyMode,
    String modelProvider,
    String model,
    @Nullable String reasoningEffort,
    long createdAt,
    long updatedAt,
    long recencyAt,
    ThreadStatus status,
    @Nullable Path path,
    Path cwd,
    String cliVersion,
    String originator,
    String source,
    boolean canAcceptDirectInput,
    @Nullable String name,
    List<Turn> turns) {
  public ThreadSnapshot {
    turns = List.copyOf(turns);
  }

  public ThreadSnapshot withStatus(ThreadStatus now) {
    return copy(preview, updatedAt, now);
  }

  public ThreadSnapshot withPreview(String text, long at) {
    return copy(text, at, status);
  }

  private ThreadSnapshot copy(String preview, long updatedAt, ThreadStatus status) {
    return new ThreadSnapshot(
        id,
        sessionId,
        forkedFromId,
        preview,
        ephemeral,
        historyMode,
        modelProvider,
        model,
        reasoningEffort,
        createdAt,
        updatedAt,
        updatedAt,
        status,
        path,
        cwd,
        cliVersion,
        originator,
        source,
        canAcceptDirectInput,
        name,
        turns);
  }
}
