package dev.codexlsp.core.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codexlsp.core.session.Processes;
import dev.codexlsp.exec.ExecProcess;
import dev.codexlsp.exec.ProcessEvent;
import dev.codexlsp.exec.ProcessSpec;
import dev.codexlsp.exec.Run;
import dev.codexlsp.exec.TerminalSize;
import dev.codexlsp.exec.local.LocalBackend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Commands of this machine, followed to their end.
@Timeout(30)
class CommandRunTest {
  private static final Duration GRACE = Duration.ofMillis(200);
  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir Path folder;
  private final LocalBackend backend = new LocalBackend(GRACE, Map.of());
  private final StringBuilder streamed = new StringBuilder();

  @AfterEach
  void close() {
    backend.close();
  }

  private CommandRun start(String script) throws Exception {
    return start(script, streamed::append);
  }

  private CommandRun start(String script, Consumer<String> printed) throws Exception {
    ProcessSpec spec =
        new ProcessSpec(List.of("bash", "-c", script), folder, Map.of("PATH", "/usr/bin:/bin"));
    return new CommandRun(backend.start(spec), watcher(printed));
  }

  private static CommandRun.Watcher watcher(Consumer<String> printed) {
    return new CommandRun.Watcher() {
      @Override
      public void runs() {
        // What is printed says enough.
      }

      @Override
      public void printed(String text) {
        printed.accept(text);
      }
    };
  }

  /// A command that is killed as soon as its first output has been seen.
  private CommandRun killed(String script) throws Exception {
    CommandRun run =
        start(
            script,
            text -> {
              streamed.append(text);
              Thread.currentThread().interrupt();
            });
    assertThatThrownBy(() -> run.awaitEnd(LONG)).isInstanceOf(InterruptedException.class);
    run.kill();
    return run;
  }

  /// How a command ended, as far as it is the same each time.
  record Ended(
      boolean inTime,
      @Nullable Integer exitCode,
      boolean outputComplete,
      boolean wasKilled,
      @Nullable String text) {
    static Ended of(CommandRun run, Duration limit) throws InterruptedException {
      return of(run, run.awaitEnd(limit));
    }

    static Ended of(CommandRun run, boolean inTime) {
      return new Ended(
          inTime, run.exitCode(), run.isOutputComplete(), run.wasKilled(), run.output().text());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "exit 0, 0",
    "exit 3, 3",
    "kill -KILL $$, 137",
    "kill -TERM $$, 143",
    "kill -SEGV $$, 139",
  })
  void howACommandEnds(String script, int exitCode) throws Exception {
    assertThat(Ended.of(start(script), LONG))
        .isEqualTo(new Ended(true, exitCode, true, false, null));
  }

  /// Which of two pipes is read first is open, so the command waits until it has been heard.
  @Test
  void bothStreamsComeAsOneText() throws Exception {
    String script =
        "heard() { until [ -e $1 ]; do sleep 0.01; done; };"
            + " echo one; heard one; echo two >&2; heard two; echo three";
    CommandRun run =
        start(
            script,
            text -> {
              streamed.append(text);
              touch(text.strip());
            });
    assertThat(Ended.of(run, LONG)).isEqualTo(new Ended(true, 0, true, false, "one\ntwo\nthree\n"));
    assertThat(streamed).hasToString("one\ntwo\nthree\n");
  }

  private void touch(String name) {
    try {
      Files.createFile(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Each byte is a read of its own, as the command waits in between.
  @Test
  void aCharacterThatComesInPiecesIsStreamedAsOne() throws Exception {
    String script =
        "for b in '\\xf0' '\\x9f' '\\x98' '\\x80' '\\xc3' 'x'; do printf $b; sleep 0.05; done";
    assertThat(Ended.of(start(script), LONG))
        .isEqualTo(new Ended(true, 0, true, false, "😀\uFFFDx"));
    assertThat(streamed).hasToString("😀\uFFFDx");
  }

  @Test
  void whatABackgroundChildHoldsOpenIsNotWaitedForAndThatIsSaid() throws Exception {
    CommandRun run = start("sleep 60 & echo $!");
    assertThat(run.awaitEnd(LONG)).isTrue();
    assertThat(run.exitCode()).isZero();
    assertThat(run.isOutputComplete()).isFalse();
    assertThat(run.wasKilled()).isFalse();
    assertThat(run.wallTime()).isBetween(GRACE, Duration.ofSeconds(20));
    long child = Long.parseLong(String.valueOf(run.output().text()).strip());
    assertThat(Processes.isAlive(child)).isTrue();
    ProcessHandle.of(child).ifPresent(ProcessHandle::destroyForcibly);
  }

  @Test
  void aSilentCommandThatTakesTooLongIsKilled() throws Exception {
    assertThat(Ended.of(start("exec sleep 60"), Duration.ofMillis(300)))
        .isEqualTo(new Ended(false, 143, true, true, null));
  }

  /// A process that is always ahead of its reader: the limit must not wait for a pause.
  @Test
  void aCommandThatNeverFallsSilentIsKilledToo() throws Exception {
    Queue<ProcessEvent> end = new ArrayDeque<>();
    ExecProcess chatterbox =
        new ExecProcess() {
          @Override
          public ProcessEvent next(Duration timeout) {
            ProcessEvent event = end.poll();
            ByteBuffer y = ByteBuffer.wrap(new byte[] {'y', '\n'});
            return event != null
                ? event
                : new ProcessEvent.Output(1, ProcessEvent.Stream.STDOUT, y);
          }

          @Override
          public boolean write(ByteBuffer bytes) {
            return false;
          }

          @Override
          public void resize(TerminalSize size) {
            throw new AssertionError("it has no terminal");
          }

          @Override
          public void interrupt() {
            throw new AssertionError("nobody interrupts it");
          }

          @Override
          public void terminate() {
            end.add(new ProcessEvent.Exited(2, 143, false));
            end.add(new ProcessEvent.Closed(3, true));
          }
        };
    CommandRun run = new CommandRun(chatterbox, watcher(streamed::append));
    assertThat(run.awaitEnd(Duration.ofMillis(100))).isFalse();
    assertThat(run.wasKilled()).isTrue();
    assertThat(run.exitCode()).isEqualTo(143);
  }

  @Test
  void whatACommandWithoutEndWritesIsBounded() throws Exception {
    CommandRun run = start("exec yes");
    assertThat(run.awaitEnd(Duration.ofMillis(300))).isFalse();
    assertThat(run.wasKilled()).isTrue();
    assertThat(run.exitCode()).isEqualTo(143);
    assertThat(run.wallTime()).isLessThan(Duration.ofSeconds(10));
    assertThat(run.output().bytes()).hasSizeLessThanOrEqualTo(2 * RetainedOutput.PART_LIMIT);
    assertThat(streamed.length()).isLessThanOrEqualTo(RetainedOutput.PART_LIMIT);
  }

  @Test
  void aCommandThatIgnoresTheFirstSignalGetsTheSecond() throws Exception {
    String script = "trap '' TERM; echo up; while :; do sleep 0.05; done";
    assertThat(Ended.of(killed(script), false))
        .isEqualTo(new Ended(false, 137, true, true, "up\n"));
  }

  @Test
  void whatLeftTheGroupOfAKilledCommandEndsWithIt() throws Exception {
    CommandRun run = killed("setsid bash -c 'echo $$; exec sleep 60' & wait");
    assertThat(run.exitCode()).isEqualTo(143);
    assertThat(run.isOutputComplete()).isTrue();
    long escaped = Long.parseLong(String.valueOf(run.output().text()).strip());
    Run.await("its end", () -> !Processes.isAlive(escaped));
  }

  @Test
  void anInterruptIsPassedOnAndTheKillThatFollowsIsNotCutShort() throws Exception {
    CommandRun run = start("echo up; exec sleep 60");
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> run.awaitEnd(LONG)).isInstanceOf(InterruptedException.class);
    Thread.currentThread().interrupt();
    run.kill();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(run.exitCode()).isEqualTo(143);
    assertThat(run.isOutputComplete()).isTrue();
  }
}
