package dev.codexlsp.core.store;

import dev.codexlsp.core.thread.ThreadId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;

/// The threads of one `CODEX_HOME`. Holds no state of its own and may be used by any thread.
public final class ThreadStore {
  private static final DateTimeFormatter FOLDER =
      DateTimeFormatter.ofPattern("uuuu/MM/dd", Locale.ROOT);
  private static final DateTimeFormatter FILE =
      DateTimeFormatter.ofPattern("'rollout-'uuuu-MM-dd'T'HH-mm-ss-", Locale.ROOT);

  /// A folder for the year, the month, the day.
  private static final int DEPTH = 4;

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
    return new Rollout(codexHome, path, meta, clock, Rollout.Standing.NEW);
  }

  /// A thread to go on with, by its id.
  ///
  /// @throws StoreException when there is none, or none that can be read
  public StoredThread read(ThreadId id) {
    return rollouts()
        .filter(file -> id.value().equals(RolloutName.threadId(file)))
        .findFirst()
        .map(file -> RolloutReader.read(file, this))
        .orElseThrow(() -> new StoreException("no rollout found for thread id " + id));
  }

  /// The one that was begun last in the directory.
  ///
  /// @throws StoreException when there is none, or none that can be read
  public StoredThread readLatest(Path cwd) {
    return rollouts()
        .filter(file -> RolloutReader.isOf(file, cwd))
        .findFirst()
        .map(file -> RolloutReader.read(file, this))
        .orElseThrow(() -> new StoreException("no thread has been begun in " + cwd));
  }

  Rollout reopen(SessionMeta meta, Path path, Rollout.Standing standing) {
    return new Rollout(codexHome, path, meta, clock, standing);
  }

  /// The latest first. Folders and files are named by their date.
  private Stream<Path> rollouts() {
    Path sessions = codexHome.resolve("sessions");
    if (!Files.isDirectory(sessions)) {
      return Stream.empty();
    }
    // Drained at once, so that no folder stays open.
    try (Stream<Path> files = Files.walk(sessions, DEPTH)) {
      return files
          .filter(RolloutName::isRollout)
          .sorted(Comparator.reverseOrder())
          .toList()
          .stream();
    } catch (IOException | UncheckedIOException e) {
      throw new StoreException("cannot list " + sessions + ": " + e.getMessage(), e);
    }
  }
}
