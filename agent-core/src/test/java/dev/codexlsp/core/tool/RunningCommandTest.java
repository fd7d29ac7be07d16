package dev.codexlsp.core.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codexlsp.core.session.Processes;
import dev.codexlsp.core.thread.Item;
import dev.codexlsp.core.thread.Item.CommandStatus;
import dev.codexlsp.core.thread.ItemId;
import dev.codexlsp.core.thread.ThreadEvent;
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
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Commands of this machine, followed to their end.
@Timeout(30)
class RunningCommandTest {
  private static final Duration GRACE = Duration.ofMillis(200);
  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir Path folder;
  private final LocalBackend backend = new LocalBackend(GRACE, Map.of());
  private FakeTurn turn = new FakeTurn();

  @AfterEach
  void close() {
    backend.close();
    Run.await("the last words of all", turn.terminals()::isIdle);
  }

  private RunningCommand start(String script) throws Exception {
    ProcessSpec spec =
        new ProcessSpec(List.of("bash", "-c", script), folder, Map.of("PATH", "/usr/bin:/bin"));
    return follow(spec, backend.start(spec));
  }

  private RunningCommand follow(ProcessSpec spec, ExecProcess process) {
    return turn.terminals()
        .begin(
            process,
            new CommandItem(
                new ItemId("c1"), spec, List.of(), turn.scope(null, folder), FakeTurn.CLOCK));
  }

  /// A command that is killed as soon as it has printed a line.
  private RunningCommand killed(String script) throws Exception {
    RunningCommand command = start(script);
    Run.await("a line", () -> turn.printed().endsWith("\n"));
    command.kill();
    return command;
  }

  /// How a command ended: what a call sees of it, and what the client does.
  record Ended(
      boolean isOver,
      @Nullable Integer exitCode,
      boolean isComplete,
      CommandStatus status,
      @Nullable String text) {}

  private Ended ended(RunningCommand command, Duration yield) throws InterruptedException {
    RunningCommand.Glance glance = command.await(yield);
    Item.CommandExecution item = completed();
    assertThat(item.exitCode()).isEqualTo(glance.exitCode());
    assertThat(item.aggregatedOutput()).isEqualTo(glance.output().text());
    assertThat(turn.printed())
        .isEqualTo(glance.output().text() == null ? "" : item.aggregatedOutput());
    return new Ended(
        glance.isOver(),
        glance.exitCode(),
        glance.remark() == null,
        item.status(),
        glance.output().text());
  }

  private Item.CommandExecution completed() {
    List<ThreadEvent.ItemCompleted> completions = turn.events(ThreadEvent.ItemCompleted.class);
    assertThat(completions).hasSize(1);
    return (Item.CommandExecution) completions.getFirst().item();
  }

  @ParameterizedTest
  @CsvSource({
    "exit 0, 0, COMPLETED",
    "exit 3, 3, FAILED",
    "kill -KILL $$, 137, FAILED",
    "kill -TERM $$, 143, FAILED",
    "kill -SEGV $$, 139, FAILED",
  })
  void howACommandEnds(String script, int exitCode, CommandStatus status) throws Exception {
    assertThat(ended(start(script), LONG)).isEqualTo(new Ended(true, exitCode, true, status, null));
  }

  /// Which of two pipes is read first is open, so the command waits until it has been heard.
  @Test
  void bothStreamsComeAsOneText() throws Exception {
    turn =
        new FakeTurn(event -> {
          if (event instanceof ThreadEvent.CommandOutputDelta delta) {
            touch(delta.delta().strip());
          }
        });
    String script =
        "heard() { until [ -e $1 ]; do sleep 0.01; done; };"
            + " echo one; heard one; echo two >&2; heard two; echo three";
    assertThat(ended(start(script), LONG))
        .isEqualTo(new Ended(true, 0, true, CommandStatus.COMPLETED, "one\ntwo\nthree\n"));
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
    assertThat(ended(start(script), LONG))
        .isEqualTo(new Ended(true, 0, true, CommandStatus.COMPLETED, "😀\uFFFDx"));
    assertThat(turn.events(ThreadEvent.CommandOutputDelta.class))
        .extracting(ThreadEvent.CommandOutputDelta::delta)
        .startsWith("😀");
  }

  @Test
  void aCommandIsShownAsRunningBeforeItHasPrintedAnything() throws Exception {
    RunningCommand command = start("exec sleep 60");
    Run.await("its start", () -> !turn.events().isEmpty());
    assertThat(turn.events())
        .containsExactly(
            new ThreadEvent.ItemStarted(
                FakeTurn.THREAD,
                FakeTurn.TURN,
                new Item.CommandExecution(
                    new ItemId("c1"),
                    "bash -c 'exec sleep 60'",
                    folder,
                    "10000",
                    Item.Source.UNIFIED_EXEC_STARTUP,
                    CommandStatus.IN_PROGRESS,
                    List.of(),
                    null,
                    null,
                    null),
                FakeTurn.CLOCK.millis()));
    command.kill();
  }

  @Test
  void eachLookSeesWhatWasPrintedSinceTheLastOne() throws Exception {
    String script = "echo one; until [ -e go ]; do sleep 0.01; done; echo two";
    RunningCommand command = start(script);
    Run.await("a line", () -> turn.printed().equals("one\n"));
    RunningCommand.Glance first = command.await(Duration.ZERO);
    assertThat(first.isOver()).isFalse();
    assertThat(first.exitCode()).isNull();
    assertThat(first.output().text()).isEqualTo("one\n");
    assertThat(command.await(Duration.ZERO).output().text()).isNull();

    touch("go");
    RunningCommand.Glance last = command.await(LONG);
    assertThat(last.isOver()).isTrue();
    assertThat(last.exitCode()).isZero();
    assertThat(last.output().text()).isEqualTo("two\n");
    assertThat(completed().aggregatedOutput()).isEqualTo("one\ntwo\n");
  }

  @Test
  void whatABackgroundChildHoldsOpenIsNotWaitedForAndThatIsSaid() throws Exception {
    RunningCommand command = start("sleep 60 & echo $!");
    RunningCommand.Glance glance = command.await(LONG);
    assertThat(glance.isOver()).isTrue();
    assertThat(glance.exitCode()).isZero();
    assertThat(glance.remark()).startsWith("Not all of the output is shown");
    // The clock that waits and the clock that measures differ by a hair.
    assertThat(glance.wallTime()).isBetween(GRACE.minusMillis(20), Duration.ofSeconds(20));
    assertThat(completed().status()).isEqualTo(CommandStatus.COMPLETED);
    long child = Long.parseLong(String.valueOf(glance.output().text()).strip());
    assertThat(Processes.isAlive(child)).isTrue();
    ProcessHandle.of(child).ifPresent(ProcessHandle::destroyForcibly);
  }

  /// A process that is always ahead of its reader: a look must not wait for a pause.
  @Test
  void aCommandThatNeverFallsSilentCanBeLookedAtAndKilled() throws Exception {
    Chatterbox chatterbox = new Chatterbox();
    RunningCommand command = follow(Run.bash("chatter"), chatterbox);
    assertThat(command.await(Duration.ofMillis(20)).isOver()).isFalse();
    command.kill();
    RunningCommand.Glance glance = command.await(LONG);
    assertThat(glance.isOver()).isTrue();
    assertThat(glance.exitCode()).isEqualTo(143);
    assertThat(completed().status()).isEqualTo(CommandStatus.FAILED);
  }

  @Test
  void aCommandThatCannotBeFollowedDoesNotRunOn() throws Exception {
    Chatterbox chatterbox = new Chatterbox();
    chatterbox.isUnintelligible = true;
    RunningCommand command = follow(Run.bash("chatter"), chatterbox);
    assertThat(command.await(LONG).isOver()).isTrue();
    assertThat(chatterbox.end).isNotEmpty();
  }

  private static final class Chatterbox implements ExecProcess {
    private final Queue<ProcessEvent> end = new ConcurrentLinkedQueue<>();
    private boolean isUnintelligible;

    @Override
    public ProcessEvent next(Duration timeout) {
      if (isUnintelligible) {
        throw new IllegalStateException("nobody understands it");
      }
      ProcessEvent event = end.poll();
      ByteBuffer y = ByteBuffer.wrap(new byte[] {'y', '\n'});
      return event != null ? event : new ProcessEvent.Output(1, ProcessEvent.Stream.STDOUT, y);
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
  }

  @Test
  void aSecondEndDoesNotMakeAKilledCommandASuccess() throws Exception {
    RunningCommand command = start("trap 'exit 0' TERM; echo up; while :; do sleep 0.01; done");
    Run.await("a line", () -> turn.printed().equals("up\n"));
    command.terminate();
    assertThat(command.await(LONG).exitCode()).isZero();
    command.terminate();
    assertThat(completed().status()).isEqualTo(CommandStatus.FAILED);
  }

  @Test
  void aCommandThatIgnoresTheFirstSignalGetsTheSecond() throws Exception {
    String script = "trap '' TERM; echo up; while :; do sleep 0.05; done";
    assertThat(ended(killed(script), LONG))
        .isEqualTo(new Ended(true, 137, true, CommandStatus.FAILED, "up\n"));
  }

  @Test
  void whatLeftTheGroupOfAKilledCommandEndsWithIt() throws Exception {
    RunningCommand command = killed("setsid bash -c 'echo $$; exec sleep 60' & wait");
    Ended ended = ended(command, LONG);
    assertThat(ended.exitCode()).isEqualTo(143);
    assertThat(ended.isComplete()).isTrue();
    long escaped = Long.parseLong(String.valueOf(ended.text()).strip());
    Run.await("its end", () -> !Processes.isAlive(escaped));
  }

  @Test
  void anInterruptIsPassedOnAndTheKillThatFollowsIsNotCutShort() throws Exception {
    RunningCommand command = start("echo up; exec sleep 60");
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> command.await(LONG)).isInstanceOf(InterruptedException.class);
    Thread.currentThread().interrupt();
    command.kill();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(command.isDone()).isTrue();
    assertThat(ended(command, LONG).exitCode()).isEqualTo(143);
  }

  /// Characters of three bytes, so that some are cut by the end of a read.
  @Test
  void fiftyMegabytesAreStreamedFromTheFirstToTheLastByteAndHardlyAnythingIsKept()
      throws Exception {
    AtomicLong heard = new AtomicLong();
    AtomicBoolean isRight = new AtomicBoolean(true);
    turn =
        new FakeTurn(
            event -> {
              if (event
                  instanceof ThreadEvent.CommandOutputDelta(var _, var _, var _, String delta)) {
                long before = heard.getAndAdd(delta.length());
                for (int i = 0; i < delta.length(); i++) {
                  if (delta.charAt(i) != ((before + i) % 2 == 0 ? '€' : '\n')) {
                    isRight.set(false);
                  }
                }
              }
            },
            event -> !(event instanceof ThreadEvent.CommandOutputDelta));
    RunningCommand command = start("yes € | head -c 50000000");
    RunningCommand.Glance glance = command.await(LONG);
    assertThat(glance.remark()).isNull();
    assertThat(heard.get()).isEqualTo(25_000_000);
    assertThat(isRight).isTrue();
    assertThat(glance.output().totalBytes()).isEqualTo(50_000_000);
    assertThat(glance.output().bytes()).hasSizeLessThanOrEqualTo(2 * RetainedOutput.PART_LIMIT);
    assertThat(String.valueOf(completed().aggregatedOutput()))
        .hasSizeLessThanOrEqualTo(2 * RetainedOutput.PART_LIMIT);
  }
}
