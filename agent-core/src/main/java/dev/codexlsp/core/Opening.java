package dev.codexlsp.core;

import dev.codexlsp.core.config.Config;
import dev.codexlsp.core.context.BaseInstructions;
import dev.codexlsp.core.session.OpenedThread;
import dev.codexlsp.core.store.Rollout;
import dev.codexlsp.core.store.SessionMeta;
import dev.codexlsp.core.thread.ThreadSnapshot;
import dev.codexlsp.core.thread.ThreadStatus;
import dev.codexlsp.core.turn.Effort;
import dev.codexlsp.core.turn.Instructions;
import dev.codexlsp.core.turn.ThreadOverrides;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/// The settings a thread begins with, and how it is told of to its client. Pure.
///
/// @param overrides what is fixed for the thread, a directory at least
/// @param shown the configuration its client is told of
record Opening(ThreadOverrides overrides, Config shown) {
  Path cwd() {
    return Objects.requireNonNull(overrides.cwd(), "a thread has a directory");
  }

  /// What the model is told before everything else.
  String instructions() {
    Instructions said = overrides.instructions();
    return said == null ? BaseInstructions.TEXT : said.text();
  }

  /// The thread as it is when nobody has spoken yet.
  ///
  /// @param version ours, which is not always the one that began the thread
  OpenedThread thread(SessionMeta meta, Rollout rollout, String version, List<Path> sources) {
    long createdAt = meta.createdAt().getEpochSecond();
    ThreadOverrides pinned = overrides.pinnedTo(shown);
    ThreadSnapshot snapshot =
        new ThreadSnapshot(
            meta.id(),
            meta.id(),
            null,
            "",
            false,
            rollout.historyMode(),
            shown.modelProvider(),
            Objects.requireNonNullElse(pinned.model(), ""),
            Effort.wordOf(pinned.effort()),
            createdAt,
            createdAt,
            createdAt,
            new ThreadStatus.Idle(),
            rollout.path(),
            cwd(),
            version,
            meta.originator(),
            meta.source(),
            true,
            null,
            List.of());
    return new OpenedThread(
        snapshot,
        Objects.requireNonNull(pinned.approvalPolicy(), "pinned"),
        Objects.requireNonNull(pinned.reviewer(), "pinned"),
        Objects.requireNonNull(pinned.sandbox(), "pinned"),
        Effort.wordOf(pinned.effort()),
        sources);
  }
}
