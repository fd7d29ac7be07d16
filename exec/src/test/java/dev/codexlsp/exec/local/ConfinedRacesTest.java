package dev.codexlsp.exec.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.exec.FileException;
import dev.codexlsp.exec.FileSystem;
import dev.codexlsp.exec.Run;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files below roots, while somebody turns folders into links to the outside.
class ConfinedRacesTest {
  @TempDir Path folder;
  private FileSystem files = new LocalFiles();

  @BeforeEach
  void fill() throws Exception {
    ConfinedTree tree = ConfinedTree.in(folder);
    folder = tree.folder();
    files = tree.files();
  }

  /// While it runs, `work/turning` is now a folder, now a link to the outside, as fast as can be.
  private void whileItTurns(Attempt action) throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    Thread turner = Thread.ofPlatform().start(() -> turnUntil(over));
    try {
      action.run();
    } finally {
      over.set(true);
      turner.join();
    }
  }

  private void turnUntil(AtomicBoolean over) {
    boolean linked = false;
    while (!over.get()) {
      try {
        Path name = linked ? at("work/link") : Files.createDirectories(at("work/inside"));
        if (linked) {
          Files.createSymbolicLink(name, at("outside/d"));
        } else {
          Files.writeString(name.resolve("f"), "inside");
        }
        Files.move(name, at("work/turning"), StandardCopyOption.ATOMIC_MOVE);
        Files.move(at("work/turning"), name, StandardCopyOption.ATOMIC_MOVE);
        if (linked) {
          Files.delete(name);
        }
      } catch (IOException _) {
        // Somebody removes what is turned here.
      }
      linked = !linked;
    }
  }

  @Test
  void whoeverTurnsFoldersIntoLinksMeanwhileWinsNothing() throws Exception {
    AtomicInteger done = new AtomicInteger();
    whileItTurns(() -> {
      long endBy = System.nanoTime() + Run.LIMIT.toNanos();
      for (int i = 0; i < 300 || (done.get() < 100 && System.nanoTime() < endBy); i++) {
        done.addAndGet(useTurningFolder(at("work/turning/new" + i % 10)));
      }
    });

    assertThat(done).hasValueGreaterThanOrEqualTo(100);
    try (Stream<Path> outside = Files.list(at("outside/d"))) {
      assertThat(outside).containsExactly(at("outside/d/f"));
    }
    assertThat(Files.readString(at("outside/d/f"))).isEqualTo("secret");
  }

  /// Returns how much of it was done and not refused.
  private int useTurningFolder(Path file) throws InterruptedException {
    // It is empty while it is written again.
    return attempt(
            () -> assertThat(files.read(at("work/turning/f"))).isIn(utf8("inside"), utf8("")))
        + attempt(() -> files.write(at("work/turning/f"), utf8("inside")))
        + attempt(() -> files.write(file, utf8("x")))
        + attempt(() -> files.remove(file, false, false))
        + attempt(() -> files.copy(at("work/turning/f"), at("work/copy"), false));
  }

  @Test
  void removingAFolderThatTurnsIntoALinkLeavesTheOutside() throws Exception {
    AtomicInteger done = new AtomicInteger();
    whileItTurns(() -> {
      long endBy = System.nanoTime() + Run.LIMIT.toNanos();
      for (int i = 0; i < 300 || (done.get() == 0 && System.nanoTime() < endBy); i++) {
        // The whole of it rarely holds still for long enough; what it holds does.
        done.addAndGet(attempt(() -> files.remove(at("work/turning/f"), false, false)));
        done.addAndGet(attempt(() -> files.remove(at("work/turning"), true, false)));
      }
    });

    assertThat(done).hasPositiveValue();
    assertThat(Files.readString(at("outside/d/f"))).isEqualTo("secret");
  }

  @FunctionalInterface
  private interface Attempt {
    void run() throws FileException, InterruptedException;
  }

  /// Returns 1 when it was done, 0 when it was refused.
  private static int attempt(Attempt attempt) throws InterruptedException {
    try {
      attempt.run();
      return 1;
    } catch (FileException _) {
      return 0;
    }
  }

  private Path at(String name) {
    return folder.resolve(name);
  }

  private static ByteBuffer utf8(String text) {
    return UTF_8.encode(text);
  }
}
