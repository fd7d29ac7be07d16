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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a server does with processes that do what the test says; the conversations show it with
/// real ones.
class ExecServerTest {
  private final FakePlace place = new FakePlace();
  private final FakeObserver observer = new FakeObserver();
  private final ExecServer server = place.server(observer);

  @AfterEach
  void close() {
    server.close();
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

  @Test
  void theAnswerComesFirstAndTheEventsInOrder() throws Exception {
    FakeClient client = FakeClient.ready(server);
    for (int round = 0; round < 200; round++) {
      String id = "p" + round;
      place.starting = spec -> {};
      long request = client.ask("process/start", FakePlace.start(id));
      FakeProcess process = place.next();
      process.output("a");
      process.exit(3);
      process.output("b");
      process.close();
      assertThat(client.next())
          .isEqualTo(
              json(
                  "{'id':"
                      + request
                      + ",'result':{'processId':'"
                      + id
                      + "','sandboxType':'none'}}"));
      assertThat(List.of(client.next(), client.next(), client.next(), client.next()))
          .containsExactly(
              output(id, 1, "YQ=="),
              json("{'method':'process/exited','params':{'processId':'"
                      + id
                      + "','seq':2,'exitCode':3,'sandboxDenied':false}}")
                  .getAsJsonObject(),
              output(id, 3, "Yg=="),
              json("{'method':'process/closed','params':{'processId':'" + id + "','seq':4}}")
                  .getAsJsonObject());
    }
  }

  private static JsonObject output(String id, int sequence, String chunk) {
    return json("{'method':'process/output','params':{'processId':'%s','seq':%d,'stream':'stdout','chunk':'%s'}}"
            .formatted(id, sequence, chunk))
        .getAsJsonObject();
  }

  @Test
  void aProcessGetsWhatWasAskedFor() throws Exception {
    FakeClient client = FakeClient.ready(server);
    place.start(client, "plain");
    client.call(
        "process/start",
        "{'processId':'tty','argv':['x'],'cwd':'file:///w','env':{'A':'1'},'tty':true,'arg0':'z'}");
    client.call(
        "process/start",
        """
        {'processId':'pipe','argv':['x'],'cwd':'file:///w','env':{'SHELL':'/s'},'tty':false,
         'pipeStdin':true,'envPolicy':{'inherit':'all','ignoreDefaultExcludes':true,
         'exclude':['T*'],'set':{},'includeOnly':[]}}\
        """);
    Path directory = Path.of("/w");
    assertThat(place.specs)
        .containsExactly(
            new ProcessSpec(List.of("x", "y"), directory, Map.of()),
            new ProcessSpec(
                List.of("x"),
                "z",
                directory,
                Map.of("A", "1"),
                new Stdio.Terminal(TerminalSize.DEFAULT)),
            new ProcessSpec(
                List.of("x"),
                null,
                directory,
                Map.of("HOME", "/home/me", "SHELL", "/s"),
                new Stdio.Pipes(true)));
  }

  @Test
  void signalsAndSizesArePassedOnAndNeverRefused() throws Exception {
    FakeClient client = FakeClient.ready(server);
    FakeProcess process = place.start(client, "p");
    for (String id : List.of("p", "unknown")) {
      String target = "{'processId':'" + id + "',";
      assertThat(client.call("process/signal", target + "'signal':'interrupt'}"))
          .isEqualTo(json("{}"));
      assertThat(client.call("process/resize", target + "'rows':5,'columns':7}"))
          .isEqualTo(json("{}"));
    }
    assertThat(process.calls).containsExactly("interrupt", "resize 5 x 7");
  }

  @Test
  void terminationAnswersAtOnceAndReachesWhatIsNotClosed() throws Exception {
    FakeClient client = FakeClient.ready(server);
    FakeProcess process = place.start(client, "p");
    process.obedient = false;
    String target = "{'processId':'p'}";
    assertThat(client.call("process/terminate", target)).isEqualTo(json("{'running':true}"));
    process.exit(143);
    client.notification("process/exited");
    assertThat(client.call("process/terminate", target)).isEqualTo(json("{'running':false}"));
    process.close();
    client.notification("process/closed");
    assertThat(client.call("process/terminate", target)).isEqualTo(json("{'running':false}"));
    assertThat(process.calls).containsExactly("terminate", "terminate");
    assertThat(observer.completions).containsExactly(Completion.TERMINATED);
  }

  @Test
  void aFailedStartLeavesNothing() throws Exception {
    FakeClient client = FakeClient.ready(server);
    place.starting =
        spec -> {
          throw new ExecException("program not found: x");
        };
    assertThat(client.call("process/start", FakePlace.start("p")))
        .isEqualTo(json("{'code':-32603,'message':'program not found: x'}"));
    place.starting =
        spec -> {
          throw new IllegalStateException("a bug");
        };
    assertThat(client.call("process/start", FakePlace.start("p")))
        .isEqualTo(json("{'code':-32603,'message':'internal error'}"));
    place.starting = spec -> {};
    place.start(client, "p").end(0);
    client.notification("process/closed");
    assertThat(observer.heard)
        .containsExactly(
            "connected STDIO",
            "initialize SUCCESS",
            "failed p",
            "process/start ERROR",
            "failed p",
            "process/start ERROR",
            "started p",
            "process/start SUCCESS",
            "exited p 0",
            "ended p SUCCESS");
  }

  @Test
  void aHandshakeThatFailedMayBeTriedAgain() throws Exception {
    FakeClient client = FakeClient.of(server);
    place.unknown = new ExecException("no shell");
    assertThat(client.call("initialize", "{'clientName':'x'}"))
        .isEqualTo(json("{'code':-32603,'message':'no shell'}"));
    place.unknown = null;
    client.handshake(null);
    assertThat(client.call("environment/status", "{}")).isEqualTo(json("{'status':'ready'}"));
  }

  @Test
  void theEndOfTheServerEndsEverything() throws Exception {
    FakeClient client = FakeClient.ready(server);
    place.start(client, "running").obedient = false;
    place.start(client, "done").end(0);
    client.notification("process/closed");
    server.close();
    client.awaitEnd();
    assertThat(place.closed).isTrue();
    assertThat(observer.heard)
        .containsOnlyOnce("ended done SUCCESS", "ended running TERMINATED", "disconnected");
    assertThat(observer.completions).hasSize(2);
    FakeClient.of(server).awaitEnd();
  }
}
