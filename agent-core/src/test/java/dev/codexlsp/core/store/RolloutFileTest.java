package dev.codexlsp.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RolloutFileTest {
  private static final Path PATH = Path.of("/somewhere/rollout.jsonl");

  /// Takes what it has room for, then fails, as a file on a full disk does.
  private static final class Disk extends OutputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<Integer> writes = new ArrayList<>();
    private int room = Integer.MAX_VALUE;

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] b, int offset, int length) throws IOException {
      writes.add(length);
      bytes.write(b, offset, Math.min(room, length));
      if (length > room) {
        room = 0;
        throw new IOException("No space left on device");
      }
    }
  }

  @TempDir Path folder;
  private final Disk disk = new Disk();
  private final RolloutFile file = new RolloutFile(PATH, disk);

  @Test
  void aLineIsOneWrite() {
    file.append("{\"a\":\"ü\"}");
    file.append("x".repeat(3_000_000));
    assertThat(disk.writes).containsExactly(11, 3_000_001);
  }

  @Test
  void aTornLineSpoilsNoOther() {
    file.append("first");
    disk.room = 3;
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> file.append("second"))
          .isInstanceOf(StoreException.class)
          .hasMessage("cannot write the rollout " + PATH + ": No space left on device");
    }
    disk.room = 100;
    file.append("third");
    file.append("fourth");
    assertThat(disk.bytes.toString(StandardCharsets.UTF_8))
        .isEqualTo("first\nsec\nthird\nfourth\n");
  }

  @Test
  void whatIsDiscardedCanBeCreatedAgain() {
    Path path = folder.resolve("a/b/rollout.jsonl");
    RolloutFile discarded = RolloutFile.create(path);
    discarded.append("nothing of worth");
    discarded.discard();
    assertThat(path).doesNotExist();
    try (RolloutFile again = RolloutFile.create(path)) {
      again.append("line");
    }
    assertThat(path).hasContent("line\n");
  }
}
