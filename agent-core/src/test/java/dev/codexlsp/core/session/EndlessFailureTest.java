package dev.codexlsp.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.core.thread.ThreadEvent;
import dev.codexlsp.core.thread.Turn;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndlessFailureTest {
  private static final String CALL =
      "response\ncall {\"name\":\"no_such_tool\",\"callId\":\"c1\",\"arguments\":{}}\n";

  @TempDir Path home;
  private final FakeSubscriber client = new FakeSubscriber();

  @Test
  void aTurnThatLoopsOnFailingToolsEnds() throws Exception {
    try (Stage stage = new Stage(home, CALL.repeat(60))) {
      LiveThread thread = stage.open("thread-1", Stage.FREE, client);
      thread.start("go");
      List<ThreadEvent> events = client.untilTurnsEnded(1);
      Turn ended = ((ThreadEvent.TurnCompleted) events.getLast()).turn();
      assertThat(ended.status()).isEqualTo(Turn.Status.FAILED);
      assertThat(String.valueOf(ended.error())).contains("failing tools 50 times in a row");
      assertThat(stage.model.calls()).hasSize(50);
      thread.close();
    }
  }
}
