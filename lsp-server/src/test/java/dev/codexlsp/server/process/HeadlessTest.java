package dev.codexlsp.server.process;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A test of `exec` with a stage of its own, which ends with it.
@Timeout(60)
abstract class HeadlessTest {
  static final String ANSWER = "response\nmessage \"All done.\"\n";

  @TempDir Path folder;
  private @Nullable HeadlessStage opened;

  @AfterEach
  void close() throws Exception {
    if (opened != null) {
      opened.close();
    }
  }

  HeadlessStage playing(String script) throws Exception {
    HeadlessStage stage = HeadlessStage.playing(folder, script);
    opened = stage;
    return stage;
  }
}
