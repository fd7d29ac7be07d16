package dev.codexlsp.exec.local;

import static dev.codexlsp.exec.local.AdvisoryLock.Mode.EXCLUSIVE;
import static dev.codexlsp.exec.local.AdvisoryLock.Mode.SHARED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codexlsp.exec.local.AdvisoryLock.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdvisoryLockTest {
  private static final long O_CLOEXEC = 02000000;

  @TempDir Path folder;
  Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("a b ü.lock");
  }

  @ParameterizedTest
  @CsvSource({
    "SHARED,    SHARED,    true",
    "SHARED,    EXCLUSIVE, false",
    "EXCLUSIVE, SHARED,    false",
    "EXCLUSIVE, EXCLUSIVE, false"
  })
  void aSecondLockInTheSameProcess(Mode first, Mode second, boolean granted) throws IOException {
    try (AdvisoryLock holder = held(first);
        AdvisoryLock other = AdvisoryLock.tryAcquire(file, second)) {
      assertThat(holder).isNotNull();
      assertThat(other != null).isEqualTo(granted);
    }
  }

  @Test
  void closingGivesTheLockUpOnce() throws IOException {
    AdvisoryLock first = held(EXCLUSIVE);
    first.close();
    try (AdvisoryLock _ = held(EXCLUSIVE)) {
      first.close();
      assertThat(AdvisoryLock.tryAcquire(file, SHARED)).isNull();
    }
  }

  @Test
  void waitsForALockThatIsHeldForAMoment() throws Exception {
    AdvisoryLock holder = held(EXCLUSIVE);
    CompletableFuture<AdvisoryLock> granted = new CompletableFuture<>();
    Thread waiter =
        Thread.ofPlatform()
            .start(() -> {
              try {
                granted.complete(AdvisoryLock.acquire(file, SHARED, Duration.ofSeconds(20)));
              } catch (IOException | InterruptedException failure) {
                granted.completeExceptionally(failure);
              }
            });
    while (waiter.getState() != Thread.State.TIMED_WAITING && waiter.isAlive()) {
      Thread.onSpinWait();
    }
    holder.close();
    try (AdvisoryLock lock = granted.get(20, TimeUnit.SECONDS)) {
      assertThat(lock).isNotNull();
      assertThatThrownBy(() -> AdvisoryLock.acquire(file, EXCLUSIVE, Duration.ofMillis(1)))
          .isInstanceOf(IOException.class)
          .hasMessage("another process holds " + file);
    }
  }

  @Test
  void createsTheFileForItsOwnerOnly() throws IOException {
    try (AdvisoryLock _ = held(EXCLUSIVE)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
    assertThat(file).exists();
  }

  @Test
  void aMissingFolderIsAnErrorThatNamesTheFile() {
    Path lost = folder.resolve("missing").resolve("x.lock");
    assertThatThrownBy(() -> AdvisoryLock.tryAcquire(lost, EXCLUSIVE))
        .isInstanceOf(IOException.class)
        .hasMessage("cannot open " + lost + " (errno 2)");
  }

  @Test
  void isTheLockThatOtherProgramsSee() throws Exception {
    try (AdvisoryLock _ = held(EXCLUSIVE)) {
      assertThat(flockTool()).isEqualTo(1);
    }
    assertThat(flockTool()).isZero();
  }

  /// Read from the kernel's own books, because the JDK's process starter closes descriptors itself
  /// and would hide a mistake.
  @Test
  void theDescriptorIsNotInherited() throws IOException {
    try (AdvisoryLock _ = held(EXCLUSIVE)) {
      assertThat(openFlags() & O_CLOEXEC).isEqualTo(O_CLOEXEC);
    }
  }

  private long openFlags() throws IOException {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      Path descriptor = descriptors.filter(this::leadsToFile).findFirst().orElseThrow();
      Path info = Path.of("/proc/self/fdinfo").resolve(descriptor.getFileName());
      String flags =
          Files.readAllLines(info).stream()
              .filter(line -> line.startsWith("flags:"))
              .findFirst()
              .orElseThrow();
      return Long.parseLong(flags.substring("flags:".length()).strip(), 8);
    }
  }

  private boolean leadsToFile(Path link) {
    try {
      return Files.isSameFile(link, file);
    } catch (IOException e) {
      return false;
    }
  }

  private AdvisoryLock held(Mode mode) throws IOException {
    return Objects.requireNonNull(AdvisoryLock.tryAcquire(file, mode), "nobody else holds it");
  }

  /// The exit code of util-linux `flock -n`: 1 when the file is locked by somebody else.
  private int flockTool() throws Exception {
    Process tool = new ProcessBuilder("flock", "-n", file.toString(), "true").start();
    assertThat(tool.waitFor(10, TimeUnit.SECONDS)).isTrue();
    return tool.exitValue();
  }
}
