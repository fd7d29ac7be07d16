package dev.codexlsp.exec.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codexlsp.exec.ExecException;
import dev.codexlsp.exec.ProcessSpec;
import dev.codexlsp.exec.Run;
import dev.codexlsp.exec.Stdio;
import dev.codexlsp.exec.TerminalSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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

  @Test
  void whatItCannotDoIsRefused() {
    Map<String, String> none = Map.of();
    Stdio terminal = new Stdio.Terminal(TerminalSize.DEFAULT);
    ProcessSpec named =
        new ProcessSpec(List.of("/bin/true"), "name", Path.of("/"), none, Stdio.NO_INPUT);
    ProcessSpec atTerminal =
        new ProcessSpec(List.of("/bin/true"), null, Path.of("/"), none, terminal);

    assertThatThrownBy(() -> backend.start(named))
        .isInstanceOf(ExecException.class)
        .hasMessage("commands cannot be given another name on this system");
    assertThatThrownBy(() -> backend.start(atTerminal))
        .isInstanceOf(ExecException.class)
        .hasMessage("commands cannot have a terminal on this system");
  }

  private static List<String> groupAndSession(String stat) throws IOException {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return List.of(fields[2], fields[3]);
  }
}
