package dev.codexlsp.exec.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.exec.FileSystem.OpenFile;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenFilesTest {
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final CountDownLatch writing = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);

  /// Writes when the test lets it.
  private final class SlowFile implements OpenFile {
    @Override
    public ByteBuffer read(long offset, int length) {
      return ByteBuffer.allocate(length);
    }

    @Override
    public void write(long offset, ByteBuffer bytes) throws InterruptedException {
      writing.countDown();
      heard.add(release.await(20, TimeUnit.SECONDS) ? "written" : "never released");
    }

    @Override
    public void close() {
      heard.add("closed");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFileIsClosedWhenNobodyUsesIt(boolean all) throws Exception {
    OpenFiles files = new OpenFiles();
    files.open("h", SlowFile::new);
    Thread writer = Thread.ofVirtual().start(() -> write(files));
    assertThat(writing.await(20, TimeUnit.SECONDS)).isTrue();
    if (all) {
      files.close();
    } else {
      files.close("h");
    }
    assertThat(heard).isEmpty();
    release.countDown();
    writer.join();
    assertThat(heard).containsExactly("written", "closed");
  }

  private void write(OpenFiles files) {
    try {
      files.use(
          "h",
          file -> {
            file.write(0, ByteBuffer.allocate(1));
            return true;
          });
    } catch (Exception failure) {
      heard.add(failure.toString());
    }
  }
}
