package dev.codexlsp.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.core.thread.Item;
import dev.codexlsp.core.thread.Item.CommandStatus;
import dev.codexlsp.core.thread.ThreadEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is left of a command that was killed, when its turn has ended and a little later.
///
/// The end of a command is told when its leader is dead and its pipes are closed. The dead leader
/// itself is reaped up to half a second later, on purpose: as long as it is there its process group
/// cannot be anybody else's, and those of the group who did not mind the first signal get the
/// second one. So what a turn's end promises is that nobody runs who had a hand on the output, and
/// a moment later that nobody of the group runs, and that nothing is left to see.
class KilledCommandTest {
  /// Each prints the number of its group first.
  static final List<String> OBEDIENT =
      List.of(
          "echo $$; exec sleep 60", "sleep 60 | sleep 60 & (sleep 60 & echo $$; wait; :) & wait");

  private static final String STUBBORN =
      "(trap \\\"\\\" TERM; echo $$; exec >/dev/null 2>&1; sleep 60; :) & wait";

  @TempDir Path home;
  private Stage stage;
  private final AtomicLong group = new AtomicLong();
  private final List<Long> aliveAtTheEnd = new CopyOnWriteArrayList<>();
  private final FakeSubscriber client =
      new FakeSubscriber(event -> {
        if (event instanceof ThreadEvent.CommandOutputDelta output) {
          group.set(Long.parseLong(output.delta().strip()));
        } else if (event instanceof ThreadEvent.TurnCompleted) {
          aliveAtTheEnd.addAll(Processes.alive(group.get()));
        }
      });

  @BeforeEach
  void open() throws Exception {
    stage = new Stage(home, "");
  }

  @AfterEach
  void close() throws Exception {
    stage.close();
  }

  private static String call(String script) {
    return "response\ncall {\"name\":\"exec_command\",\"callId\":\"c1\",\"arguments\":{\"cmd\":\""
        + script
        + "\"}}\n";
  }

  private Item.CommandExecution interrupted(String script) throws Exception {
    stage.model.add(call(script));
    LiveThread thread = stage.open("thread-1", Stage.FREE, client);
    Told told = thread.start("go");
    client.until(ThreadEvent.CommandOutputDelta.class::isInstance, "the command's output");
    thread.interrupt(told.turn());
    List<ThreadEvent> events = client.untilTurnsEnded(1);
    thread.close();
    assertThat(events).endsWith(told.idle(), told.interrupted());
    ItemsBalance.check(events);
    return (Item.CommandExecution)
        ((ThreadEvent.ItemCompleted) events.get(events.size() - 3)).item();
  }

  @ParameterizedTest
  @FieldSource("OBEDIENT")
  void nobodyRunsAnyMoreWhenTheTurnHasEnded(String script) throws Exception {
    assertThat(interrupted(script))
        .isEqualTo(Told.command("c1", script, CommandStatus.FAILED, group.get() + "\n", 143));
    assertThat(aliveAtTheEnd).isEmpty();
    Patience.await(() -> !Processes.isThere(group.get()), "the leader to be reaped");
  }

  @Test
  void whoDoesNotMindTheFirstSignalDiesOfTheSecond() throws Exception {
    assertThat(interrupted(STUBBORN).exitCode()).isEqualTo(143);
    Patience.await(() -> Processes.alive(group.get()).isEmpty(), "the group to end");
    Patience.await(() -> !Processes.isThere(group.get()), "the leader to be reaped");
  }

  /// It is in a session of its own, so that no signal to the command's group reaches it.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "setsid bash -c 'echo $$; sleep 60; :' & wait",
        "setsid bash -c 'trap : TERM; echo $$; while :; do sleep 60; done' & wait"
      })
  void aStragglerThatLeftTheGroupIsGone(String script) throws Exception {
    assertThat(interrupted(script).exitCode()).isEqualTo(143);
    Patience.await(() -> Processes.alive(group.get()).isEmpty(), "the straggler to end");
  }

  @Test
  void aCommandThatTakesLongerThanItsCallGoesOnAndEndsWithTheThread() throws Exception {
    stage.model.add(
        call("echo $$; exec sleep 60").replace("}}", ",\"yield_time_ms\":250}}")
            + "response\nmessage \"so be it\"\n");
    LiveThread thread = stage.open("thread-1", Stage.FREE, client);
    Told told = thread.start("go");

    assertThat(client.untilTurnsEnded(1))
        .endsWith(told.idle(), told.completed(Told.said("msg_1_0", "so be it")));
    long pid = group.get();
    assertThat(aliveAtTheEnd).contains(pid);
    assertThat(toldTheModel("c1"))
        .isEqualTo(
            """
            Chunk ID: 000000
            Wall time: N seconds
            Process running with session ID 10000
            Original token count: %d
            Output:
            %d
            """
                .formatted((String.valueOf(pid).length() + 4) / 4, pid));
    thread.close();
    assertThat(client.events())
        .last()
        .isEqualTo(
            told.completedItem(
                Told.command(
                    "c1", "echo $$; exec sleep 60", CommandStatus.FAILED, pid + "\n", 143)));
    assertThat(Processes.isAlive(pid)).isFalse();
  }

  @Test
  void whatStaysInTheBackgroundIsSaidAndLeftAlone() throws Exception {
    stage.model.add(call("sleep 60 & echo $!") + "response\nmessage \"fine\"\n");
    LiveThread thread = stage.open("thread-1", Stage.FREE, client);
    Told told = thread.start("go");
    client.untilTurnsEnded(1);
    long child = group.get();

    assertThat(client.events())
        .contains(
            told.completedItem(
                Told.command(
                    "c1", "sleep 60 & echo $!", CommandStatus.COMPLETED, child + "\n", 0)));
    assertThat(toldTheModel("c1"))
        .isEqualTo(
            """
            Chunk ID: 000000
            Wall time: N seconds
            Process exited with code 0
            Not all of the output is shown: a background process still holds it open, or more\
             of it came than was kept
            Original token count: %d
            Output:
            %d
            """
                .formatted((String.valueOf(child).length() + 4) / 4, child));
    assertThat(Processes.isAlive(child)).isTrue();
    ProcessHandle.of(child).ifPresent(ProcessHandle::destroyForcibly);
    thread.close();
  }

  @Test
  void aCommandThatEndsByASignalOfItsOwnSaysSo() throws Exception {
    stage.model.add(call("kill -KILL $$") + "response\nmessage \"oh\"\n");
    LiveThread thread = stage.open("thread-1", Stage.FREE, client);
    Told told = thread.start("go");

    assertThat(client.untilTurnsEnded(1))
        .contains(
            told.completedItem(
                Told.command("c1", "kill -KILL $$", CommandStatus.FAILED, null, 137)));
    assertThat(toldTheModel("c1")).contains("\nProcess exited with code 137\nOriginal");
    thread.close();
  }

  /// The output of the call as the second request has it; the wall time is never the same.
  private String toldTheModel(String callId) throws Exception {
    List<String> outputs = new ArrayList<>();
    stage
        .model
        .awaitCall(2)
        .body()
        .getAsJsonArray("input")
        .forEach(item -> {
          if (item.getAsJsonObject().has("output")
              && item.getAsJsonObject().get("call_id").getAsString().equals(callId)) {
            outputs.add(item.getAsJsonObject().get("output").getAsString());
          }
        });
    assertThat(outputs).hasSize(1);
    return outputs.getFirst().replaceAll("Wall time: [0-9.]+ seconds", "Wall time: N seconds");
  }
}
