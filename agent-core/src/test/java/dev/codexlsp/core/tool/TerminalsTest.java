package dev.codexlsp.core.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.core.thread.Item;
import dev.codexlsp.core.thread.ItemId;
import dev.codexlsp.core.thread.ThreadEvent;
import dev.codexlsp.exec.ProcessSpec;
import dev.codexlsp.exec.Run;
import dev.codexlsp.exec.local.LocalBackend;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The commands of a thread, real ones of this machine.
@Timeout(60)
class TerminalsTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir Path folder;
  private final LocalBackend backend = new LocalBackend(Duration.ofMillis(200), Map.of());
  private final FakeTurn turn = new FakeTurn();
  private final Terminals terminals = turn.terminals();

  @AfterEach
  void close() {
    terminals.close();
    Run.await("the last words of all", terminals::isIdle);
    backend.close();
  }

  private RunningCommand begin(String call, String script) throws Exception {
    ProcessSpec spec =
        new ProcessSpec(List.of("sh", "-c", script), folder, Map.of("PATH", "/usr/bin:/bin"));
    return terminals.begin(
        backend.start(spec),
        new CommandItem(
            new ItemId(call), spec, List.of(), turn.scope(null, folder), FakeTurn.CLOCK));
  }

  private RunningCommand handedOut(String call, String script) throws Exception {
    RunningCommand command = begin(call, script);
    terminals.handOut(command);
    return command;
  }

  private List<ItemId> completed() {
    return turn.events(ThreadEvent.ItemCompleted.class).stream()
        .map(ThreadEvent.ItemCompleted::item)
        .map(Item::id)
        .toList();
  }

  @Test
  void numbersAreFiveDigitsAndNobodyElses() throws Exception {
    assertThat(begin("c1", "exec sleep 60").id()).isEqualTo("10000");
    RunningCommand second = begin("c2", "exec sleep 60");
    assertThat(second.id()).isEqualTo("10001");
    assertThat(terminals.find("10001")).isSameAs(second);
    terminals.forget(second);
    assertThat(terminals.find("10001")).isNull();
    assertThat(begin("c3", "exit 0").id()).isEqualTo("10001");
    second.kill();
  }

  @Test
  void oneMoreThanAreKeptEndsTheOneThatWasLeftAloneForLongest() throws Exception {
    List<RunningCommand> all = new ArrayList<>();
    for (int i = 0; i < Terminals.LIMIT; i++) {
      all.add(handedOut("c" + i, "exec sleep 60"));
    }
    assertThat(terminals.find(all.getFirst().id())).isSameAs(all.getFirst());
    handedOut("more", "exec sleep 60");

    assertThat(terminals.find(all.get(1).id())).isNotSameAs(all.get(1));
    assertThat(all.get(1).await(LONG).isOver()).isTrue();
    assertThat(all.getFirst().isDone()).isFalse();
    assertThat(terminals.background()).hasSize(Terminals.LIMIT);
    assertThat(completed()).containsExactly(new ItemId("c1"));
  }

  @Test
  void oneThatHasEndedMakesRoomFirst() throws Exception {
    List<RunningCommand> all = new ArrayList<>();
    for (int i = 0; i < Terminals.LIMIT; i++) {
      all.add(handedOut("c" + i, i == 40 ? "exit 0" : "exec sleep 60"));
    }
    assertThat(all.get(40).await(LONG).isOver()).isTrue();
    handedOut("more", "exec sleep 60");

    assertThat(terminals.find(all.get(40).id())).isNotSameAs(all.get(40));
    assertThat(terminals.background()).hasSize(Terminals.LIMIT);
    assertThat(all).filteredOn(RunningCommand::isDone).containsExactly(all.get(40));
  }

  @Test
  void theBackgroundIsWhatRunsAndWasHandedOut() throws Exception {
    begin("waited-for", "exec sleep 60");
    RunningCommand ended = handedOut("ended", "exit 0");
    assertThat(ended.await(LONG).isOver()).isTrue();
    handedOut("left", "exec sleep 60");

    assertThat(terminals.background())
        .containsExactly(
            new Terminals.Background(new ItemId("left"), "10002", "sh -c 'exec sleep 60'", folder));
  }

  @Test
  void oneIsEndedByItsNumberOnce() throws Exception {
    RunningCommand left = handedOut("left", "exec sleep 60");
    assertThat(terminals.terminate("99999")).isFalse();
    assertThat(terminals.terminate(left.id())).isTrue();
    assertThat(left.await(LONG).exitCode()).isEqualTo(143);
    assertThat(terminals.terminate(left.id())).isFalse();
    assertThat(completed()).containsExactly(new ItemId("left"));
  }

  @Test
  void cleaningLeavesAloneWhatACallWaitsFor() throws Exception {
    RunningCommand waitedFor = begin("waited-for", "exec sleep 60");
    RunningCommand left = handedOut("left", "exec sleep 60");
    terminals.clean();
    assertThat(left.await(LONG).isOver()).isTrue();
    assertThat(waitedFor.isDone()).isFalse();
  }

  @Test
  void closingEndsAllAndWhatComesLater() throws Exception {
    RunningCommand waitedFor = begin("waited-for", "exec sleep 60");
    RunningCommand left = handedOut("left", "exec sleep 60");
    terminals.close();
    RunningCommand late = begin("late", "exec sleep 60");
    for (RunningCommand command : List.of(waitedFor, left, late)) {
      assertThat(command.await(LONG).isOver()).isTrue();
    }
    Run.await("the last words of all", terminals::isIdle);
    assertThat(completed())
        .containsExactlyInAnyOrder(
            new ItemId("waited-for"), new ItemId("left"), new ItemId("late"));
  }
}
