package dev.codexlsp.exec.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Where the portable launcher falls short, as it says; a JDK that does better should be noticed.
class JdkLauncherTest {
  private final LocalBackend backend = Hands.JDK.open(Duration.ofSeconds(2));

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void childStaysInOurGroupAndSession() throws Exception {
    Run run = Run.of(backend.start(Run.spec(List.of("cat", "/proc/self/stat"))));

    assertThat(groupAndSession(run.stdout()))
        .isEqualTo(groupAndSession(Files.readString(Path.of("/proc/self/stat"))));
  }

  @Test
  void programSeesThePathThatWasFound() throws Exception {
    Run run = Run.of(backend.start(Run.spec(List.of("cat", "/proc/self/cmdline"))));

    assertThat(run.stdout()).isEqualTo("/usr/bin/cat\0/proc/self/cmdline\0");
  }

  private static List<String> groupAndSession(String stat) throws IOException {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return List.of(fields[2], fields[3]);
  }
}
