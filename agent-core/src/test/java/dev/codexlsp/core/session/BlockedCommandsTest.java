package dev.codexlsp.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.core.thread.Item.CommandStatus;
import dev.codexlsp.core.thread.ThreadEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Commands that wait, more of them than there are processors, and a turn that has nothing to do
/// with them.
class BlockedCommandsTest {
  private static final List<String> BLOCKED =
      List.of("echo up; exec sleep 600", "echo up; sleep 600 | cat");
  private static final int COUNT = 8;

  @TempDir Path home;
  private Stage stage;
  private final List<LiveThread> threads = new ArrayList<>();

  @BeforeEach
  void open() throws Exception {
    stage = new Stage(home, "");
  }

  @AfterEach
  void close() throws Exception {
    for (LiveThread thread : threads) {
      thread.close();
    }
    stage.close();
  }

  private static String call(String id, String script) {
    return "response\ncall {\"name\":\"exec_command\",\"callId\":\"%s\",\"arguments\":{\"cmd\":\"%s\"}}\n"
        .formatted(id, script);
  }

  private LiveThread thread(FakeSubscriber client) throws InterruptedException {
    LiveThread thread = stage.open("thread-" + threads.size(), Stage.FREE, client);
    threads.add(thread);
    return thread;
  }

  @Test
  void anUnrelatedTurnStillAnswers() throws Exception {
    List<FakeSubscriber> waiting = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      FakeSubscriber client = new FakeSubscriber();
      stage.model.add(call("c" + i, BLOCKED.get(i % BLOCKED.size())));
      Told told = thread(client).start("wait");
      client.until(told.output("c" + i, "up\n")::equals, "the command's output");
      waiting.add(client);
    }
    stage.model.add(call("d", "echo done") + "response\nmessage \"fine\"\n");
    FakeSubscriber other = new FakeSubscriber();
    Told told = thread(other).start("answer");

    assertThat(other.untilTurnsEnded(1))
        .contains(
            told.completedItem(
                Told.command("d", "echo done", CommandStatus.COMPLETED, "done\n", 0)))
        .endsWith(told.idle(), told.completed(Told.said("msg_" + (COUNT + 1) + "_0", "fine")));
    assertThat(waiting)
        .allSatisfy(client ->
            assertThat(client.events()).noneMatch(ThreadEvent.TurnCompleted.class::isInstance));
  }
}
