package dev.codexlsp.core.store;

import java.nio.file.Path;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// The threads of one `CODEX_HOME`. Holds no state of its own and may be used by any thread.
public final class ThreadStore {
  private static final DateTimeFormatter FOLDER =
      DateTimeFormatter.ofPattern("uuuu/MM/dd", Locale.ROOT);
  private static final DateTimeFormatter FILE =
      DateTimeFormatter.ofPattern("'rollout-'uuuu-MM-dd'T'HH-mm-ss-", Locale.ROOT);

  private final Path codexHome;
  private final Clock clock;

  /// @param clock its zone is the one that the dates in folder and file names are of; the original
  ///   uses the local one there, and UTC inside the files
  public ThreadStore(Path codexHome, Clock clock) {
    this.codexHome = codexHome;
    this.clock = clock;
  }

  /// The rollout of a new thread. Nothing is written before its first turn starts.
  public Rollout create(SessionMeta meta) {
    ZonedDateTime createdAt = meta.createdAt().atZone(clock.getZone());
    Path path =
        codexHome
            .resolve("sessions")
            .resolve(FOLDER.format(createdAt))
            .resolve(FILE.format(createdAt) + meta.id() + ".jsonl");
    return new Rollout(codexHome, path, meta, clock);
  }
}
