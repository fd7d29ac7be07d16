package dev.codexlsp.core.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;

/// A second JVM that starts to write the thread of [Conversation]. It prints one line, `writing` or
/// the refusal, and stays until it is killed or its input ends.
final class WriterProcess {
  private final Process process;
  private final String firstLine;

  private WriterProcess(Process process, String firstLine) {
    this.process = process;
    this.firstLine = firstLine;
  }

  static WriterProcess start(Path codexHome) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                WriterProcess.class.getName(),
                codexHome.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader output = process.inputReader();
    return new WriterProcess(process, String.valueOf(output.readLine()));
  }

  String firstLine() {
    return firstLine;
  }

  /// Ends the process as `kill -9` does.
  void kill() throws InterruptedException {
    Assertions.assertThat(process.destroyForcibly().waitFor(30, TimeUnit.SECONDS)).isTrue();
  }

  public static void main(String[] args) throws IOException {
    PrintStream out = System.out;
    ThreadStore store =
        new ThreadStore(Path.of(args[0]), new SteppingClock(Conversation.CREATED, ZoneOffset.UTC));
    Rollout rollout = store.create(Conversation.meta(Path.of("/work"), "openai"));
    try {
      Conversation.firstTurn(rollout, Path.of("/work"));
      out.println("writing");
    } catch (StoreException e) {
      out.println(e.getMessage());
    }
    out.flush();
    while (System.in.read() >= 0) {}
  }
}
