package dev.codexlsp.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.exec.local.AdvisoryLock;
import dev.codexlsp.exec.local.AdvisoryLock.Mode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The agreement with the other programs that write in the same home, the original among them.
class WriterLockTest {
  private static final ThreadId THREAD = new ThreadId("01a1fc40-9bc3-7602-82d1-59a95f395674");
  private static final ThreadId OTHER = new ThreadId("01a1fc40-9bc3-7602-82d1-000000000000");

  @TempDir Path home;
  Path locks;
  Path file;
  Path coordination;

  @BeforeEach
  void name() {
    locks = home.resolve("thread-writer-locks");
    file = locks.resolve(THREAD + ".lock");
    coordination = locks.resolve(".coordination.lock");
  }

  @Test
  void oneWriterPerThread() {
    try (WriterLock _ = WriterLock.acquire(home, THREAD);
        WriterLock _ = WriterLock.acquire(home, OTHER)) {
      assertThatThrownBy(() -> WriterLock.acquire(home, THREAD))
          .isInstanceOf(ThreadInUseException.class);
    }
    WriterLock.acquire(home, THREAD).close();
  }

  @Test
  void theFileIsThereAsLongAsTheLock() {
    try (WriterLock _ = WriterLock.acquire(home, THREAD)) {
      assertThat(file).exists();
    }
    assertThat(file).doesNotExist();
    assertThat(coordination).exists();
  }

  @Test
  void aFileThatAKilledProcessLeftIsInNobodysWay() throws Exception {
    Files.createDirectories(locks);
    Files.createFile(file);
    WriterLock.acquire(home, THREAD).close();
    assertThat(file).doesNotExist();
  }

  @Test
  void coordinationIsHeldNoLongerThanNeeded() throws Exception {
    try (WriterLock _ = WriterLock.acquire(home, THREAD)) {
      held(coordination, Mode.EXCLUSIVE).close();
    }
    held(coordination, Mode.EXCLUSIVE).close();
  }

  @Test
  void thoseWhoTakeLocksDoNotWaitForEachOther() throws Exception {
    try (AdvisoryLock _ = held(coordination, Mode.SHARED)) {
      WriterLock lock = WriterLock.acquire(home, THREAD);
      lock.close();
      assertThat(file).as("nobody removes files now").exists();
      WriterLock.acquire(home, THREAD).close();
    }
  }

  @Test
  void whoSweepsIsWaitedFor() throws Exception {
    AdvisoryLock sweeper = held(coordination, Mode.EXCLUSIVE);
    FutureTask<WriterLock> writer = new FutureTask<>(() -> WriterLock.acquire(home, THREAD));
    Thread thread = Thread.ofVirtual().start(writer);
    while (thread.getState() != Thread.State.TIMED_WAITING && !writer.isDone()) {
      Thread.onSpinWait();
    }
    assertThat(writer).isNotDone();
    sweeper.close();
    writer.get(10, TimeUnit.SECONDS).close();
  }

  @Test
  void whoNeverEndsSweepingIsNotWaitedForForEver() throws Exception {
    try (AdvisoryLock _ = held(coordination, Mode.EXCLUSIVE)) {
      long start = System.nanoTime();
      assertThatThrownBy(() -> WriterLock.acquire(home, THREAD))
          .isInstanceOf(StoreException.class)
          .hasMessage(
              "cannot use the thread's lock " + file + ": another process holds " + coordination);
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(20));
    }
  }

  @Test
  void anInterruptEndsTheWaitAndIsKept() throws Exception {
    try (AdvisoryLock _ = held(coordination, Mode.EXCLUSIVE)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> WriterLock.acquire(home, THREAD))
          .isInstanceOf(StoreException.class)
          .hasMessage("cannot use the thread's lock " + file + ": interrupted");
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  private AdvisoryLock held(Path path, Mode mode) throws Exception {
    Files.createDirectories(locks);
    return Objects.requireNonNull(AdvisoryLock.tryAcquire(path, mode));
  }
}
