package dev.codexlsp.exec.server;

import static dev.codexlsp.exec.server.FakeClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.codexlsp.exec.ExecException;
import dev.codexlsp.exec.ProcessSpec;
import dev.codexlsp.exec.Stdio;
import dev.codexlsp.exec.TerminalSize;
import dev.codexlsp.exec.server.ExecObserver.Completion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a server does with processes that do what the test says; the conversations show it with
/// real ones.
class ExecServerTest {
  private static final ExecServer.Facts FACTS =
      new ExecServer.Facts("1.2.3", Map.of("HOME", "/home/me", "TMPDIR", "/scratch"));

  private final FakePlace place = new FakePlace();
  private final FakeObserver observer = new FakeObserver();
  private ExecServer server = server(1, Duration.ofSeconds(80), Duration.ofSeconds(80));

  private ExecServer server(int concurrentRequests, Duration detachedTtl, Duration retention) {
    return new ExecServer(
        place, FACTS, new ExecServer.Limits(concurrentRequests, detachedTtl, retention), observer);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private static String start(String id) {
    return "{'processId':'" + id + "','argv':['x','y'],'cwd':'file:///w','env':{},'tty':false}";
  }

  private FakeProcess started() throws InterruptedException {
    FakeProcess process = place.started.poll(20, TimeUnit.SECONDS);
    assertThat(process).isNotNull();
    return process;
  }

  private FakeProcess start(FakeClient client, String id) throws InterruptedException {
    assertThat(client.call("process/start", start(id)))
        .isEqualTo(json("{'processId':'" + id + "','sandboxType':'none'}"));
    return started();
  }

  @Test
  void introducesThePlace() throws Exception {
    FakeClient client = FakeClient.of(server);
    JsonObject result =
        client.call("initialize", "{'clientName':'codex-environment'}").getAsJsonObject();
    assertThat(result.remove("sessionId").getAsString())
        .matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    String info =
        """
        {'shell':{'name':'bash','path':'/bin/bash'},'executorVersion':'1.2.3',
         'providerId':null,'cwd':'file:///work%20dir','userHomeDir':'file:///home/me',
         'platformOs':'linux','prependPathDirs':[],'temporaryDirectories':[],
         'tempDir':'file:///scratch','capabilities':
         {'httpHeaderEnvVars':true,'fileWriteStreaming':true,'processResize':true}}
        """;
    assertThat(result).isEqualTo(json("{'environmentInfo':" + info + "}"));
    client.send("{'method':'initialized'}");
    assertThat(client.call("environment/info", "null")).isEqualTo(json(info));
    assertThat(client.call("environment/status", "{}")).isEqualTo(json("{'status':'ready'}"));
  }
}
