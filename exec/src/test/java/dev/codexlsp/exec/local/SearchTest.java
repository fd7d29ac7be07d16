package dev.codexlsp.exec.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.exec.FileException;
import dev.codexlsp.exec.FileSystem;
import dev.codexlsp.exec.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Searches whose caller gives up.
class SearchTest {
  @TempDir Path folder;

  private Path file = Path.of("");
  private FileSystem files = new LocalFiles();

  @BeforeEach
  void fill() throws Exception {
    file = Files.writeString(folder.toRealPath().resolve("f"), "text");
    files = LocalFiles.within(new FileRoots(List.of(file), List.of()));
  }

  @Test
  void whatIsFoundForSomebodyWhoHasGivenUpIsClosed() throws Exception {
    PathCalls calls = Objects.requireNonNull(PathCalls.load());
    Semaphore permits = new Semaphore(0);
    List<String> before = Run.links(ProcessHandle.current().pid());

    Search late = new Search(() -> calls.find(file.toString()), calls::close, permits);
    late.abandon();
    late.run();
    Search early = new Search(() -> calls.find(file.toString()), calls::close, permits);
    early.run();
    early.abandon();

    assertThat(Run.links(ProcessHandle.current().pid())).hasSameSizeAs(before);
    assertThat(permits.availablePermits()).isEqualTo(2);
  }

  @Test
  void whoeverWaitsForASearchCanBeInterrupted() throws Exception {
    files.read(file);
    List<String> before = Run.links(ProcessHandle.current().pid());
    int interrupted = 0;
    for (int i = 0; i < 200; i++) {
      Thread reader = Thread.currentThread();
      Thread interrupter = Thread.ofVirtual().start(reader::interrupt);
      interrupted += isInterrupted() ? 1 : 0;
      interrupter.join();
      boolean _ = Thread.interrupted();
    }

    assertThat(interrupted).isPositive();
    Run.await(
        "all is closed", () -> Run.links(ProcessHandle.current().pid()).size() <= before.size());
    // No search has kept its permit.
    assertThat(files.read(file)).isEqualTo(UTF_8.encode("text"));
  }

  private boolean isInterrupted() throws FileException {
    try {
      for (int i = 0; i < 10; i++) {
        files.metadata(file);
      }
      return false;
    } catch (InterruptedException _) {
      return true;
    }
  }
}
