package dev.codexlsp.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The exec-server as others start it: what it says, and every way in which it ends.
class ExecServerIT {
  private static final String FOREVER = "exec sleep 300";

  private static int status(URI listening, String path, String... header) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI uri = URI.create(listening.toString().replace("ws:", "http:") + path);
      HttpRequest.Builder request = HttpRequest.newBuilder(uri);
      if (header.length > 0) {
        request.header(header[0], header[1]);
      }
      return http.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }

  @Test
  void saysWhereItListensAndNothingElse() throws Exception {
    try (ExecServerProcess server = ExecServerProcess.start()) {
      BufferedReader out = server.process().inputReader();
      String line = out.readLine();
      assertThat(line).matches("ws://127\\.0\\.0\\.1:[1-9]\\d*");
      URI uri = URI.create(line);
      assertThat(status(uri, "/readyz")).isEqualTo(200);
      assertThat(status(uri, "/livez")).isEqualTo(200);
      assertThat(status(uri, "/readyz", "Origin", "http://localhost")).isEqualTo(403);
      assertThat(status(uri, "/other")).isEqualTo(404);
      try (ExecClient client = ExecClient.connect(uri, null)) {
        client.handshake(null);
        client.start("p", FOREVER);
      }
      server.signal("TERM");
      assertThat(server.exitStatus(ExecServerProcess.SOON)).isEqualTo(143);
      assertThat(out.readLine()).isNull();
      assertThat(server.stderr()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ws", "stdio"})
  void aSignalEndsItsProcesses(String transport) throws Exception {
    try (ExecServerProcess server = start(transport);
        ExecClient client = client(server, transport)) {
      client.handshake(null);
      ProcessHandle obedient = client.start("p", FOREVER);
      ProcessHandle stubborn = client.start("q", "trap : TERM; while :; do sleep 9; done");
      server.signal("TERM");
      assertThat(server.exitStatus(ExecServerProcess.SOON)).isEqualTo(143);
      ExecServerProcess.awaitEnd(obedient, ExecServerProcess.SOON);
      ExecServerProcess.awaitEnd(stubborn, ExecServerProcess.SOON);
      assertThat(server.stderr()).isEmpty();
    }
  }

  private static ExecServerProcess start(String transport) throws IOException {
    return transport.equals("ws")
        ? ExecServerProcess.start()
        : ExecServerProcess.start("--listen", "stdio");
  }

  private static ExecClient client(ExecServerProcess server, String transport) throws Exception {
    return transport.equals("ws") ? ExecClient.connect(server.uri(), null) : server.client();
  }

  /// When the server itself is killed nobody is left to end its processes but the lifeline.
  @ParameterizedTest
  @ValueSource(strings = {"ws", "stdio"})
  void itsProcessesDoNotOutliveIt(String transport) throws Exception {
    try (ExecServerProcess server = start(transport);
        ExecClient client = client(server, transport)) {
      client.handshake(null);
      ProcessHandle one = client.start("p", FOREVER);
      ProcessHandle other = client.start("q", "trap : TERM HUP; while :; do sleep 9; done");
      server.signal("KILL");
      assertThat(server.exitStatus()).isEqualTo(137);
      ExecServerProcess.awaitEnd(one, ExecServerProcess.SOON);
      ExecServerProcess.awaitEnd(other, ExecServerProcess.SOON);
    }
  }

  @Test
  void theEndOfItsInputEndsIt() throws Exception {
    try (ExecServerProcess server = ExecServerProcess.start("--listen", "stdio://")) {
      ExecClient client = server.client();
      client.handshake(null);
      ProcessHandle process = client.start("p", FOREVER);
      client.close();
      assertThat(server.exitStatus(ExecServerProcess.SOON)).isZero();
      ExecServerProcess.awaitEnd(process, ExecServerProcess.SOON);
      assertThat(server.stderr()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"true, ''", "false, 1"})
  void theEndOfItsInputEndsAListenerThatIsToldSo(boolean flag, String variable) throws Exception {
    Map<String, String> environment = Map.of("CODEX_EXEC_SERVER_EXIT_ON_STDIN_CLOSE", variable);
    try (ExecServerProcess server =
            flag
                ? ExecServerProcess.start("--exit-on-stdin-close")
                : ExecServerProcess.start(environment);
        ExecClient client = ExecClient.connect(server.uri(), null)) {
      client.handshake(null);
      ProcessHandle process = client.start("p", FOREVER);
      server.process().getOutputStream().close();
      assertThat(server.exitStatus(ExecServerProcess.SOON)).isZero();
      ExecServerProcess.awaitEnd(process, ExecServerProcess.SOON);
    }
  }

  /// Its output is full long before, because nobody reads it.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anOutputThatNobodyReadsHoldsNoEndUp(boolean signal, @TempDir Path folder) throws Exception {
    try (ExecServerProcess server = ExecServerProcess.start("--listen", "stdio")) {
      ProcessHandle process = startUnheard(server, folder, "exec yes");
      // Full are the pipe of the process and all that lies between.
      awaitIdle(process);
      if (signal) {
        server.signal("TERM");
      } else {
        server.process().getOutputStream().close();
      }
      assertThat(server.exitStatus(ExecServerProcess.SOON)).isEqualTo(signal ? 143 : 0);
      ExecServerProcess.awaitEnd(process, ExecServerProcess.SOON);
      assertThat(server.stderr()).isEmpty();
    }
  }

  /// Starts a process which writes its pid to a file.
  private static ProcessHandle startUnheard(ExecServerProcess server, Path folder, String script)
      throws Exception {
    Path pid = folder.resolve("pid");
    ExecClient.Wire wire = server.wire();
    wire.send("{\"id\":1,\"method\":\"initialize\",\"params\":{\"clientName\":\"x\"}}");
    wire.send("{\"method\":\"initialized\"}");
    String start = "echo $$ > " + pid + ".new; mv " + pid + ".new " + pid + "; " + script;
    wire.send(
        ("{'id':2,'method':'process/start','params':" + ExecClient.command("p", start) + "}")
            .replace('\'', '"'));
    ExecServerProcess.await(() -> Files.exists(pid));
    return ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
  }

  private static void awaitIdle(ProcessHandle process) throws Exception {
    Path state = Path.of("/proc", "" + process.pid(), "wchan");
    ExecServerProcess.await(() -> Files.readString(state).contains("pipe_w"));
  }

  @Test
  void anOutputThatIsClosedEndsIt(@TempDir Path folder) throws Exception {
    try (ExecServerProcess server = ExecServerProcess.start("--listen", "stdio")) {
      ProcessHandle process = startUnheard(server, folder, FOREVER);
      server.process().getInputStream().close();
      server.wire().send("{\"id\":3,\"method\":\"environment/status\"}");
      assertThat(server.exitStatus(ExecServerProcess.SOON)).isZero();
      ExecServerProcess.awaitEnd(process, ExecServerProcess.SOON);
    }
  }

  /// The client says nothing more, and leaves its end open.
  @Test
  void whoDoesNotSpeakTheProtocolIsSentAway(@TempDir Path folder) throws Exception {
    try (ExecServerProcess server = ExecServerProcess.start("--listen", "stdio")) {
      ProcessHandle process = startUnheard(server, folder, FOREVER);
      server.wire().send("{\"method\":\"unknown\"}");
      assertThat(server.exitStatus(ExecServerProcess.SOON)).isZero();
      ExecServerProcess.awaitEnd(process, ExecServerProcess.SOON);
    }
  }

  @Test
  void anotherClientGoesOnWhereOneWasKilled() throws Exception {
    try (ExecServerProcess server = ExecServerProcess.start()) {
      URI uri = server.uri();
      Process doomed =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  DoomedExecClient.class.getName(),
                  uri.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String[] told = doomed.inputReader().readLine().split(" ", 2);
      doomed.destroyForcibly().waitFor();
      try (ExecClient client = resumed(uri, told[0])) {
        assertThat(client.call("process/read", "{'processId':'p'}").get("nextSeq").getAsLong())
            .isEqualTo(2);
        client.call("process/write", "{'processId':'p','chunk':'aGkK','writeId':'1'}");
        assertThat(client.output()).isEqualTo("got hi\n");
        assertThat(client.call("process/terminate", "{'processId':'p'}"))
            .isEqualTo(JsonParser.parseString("{\"running\":true}"));
        ExecServerProcess.await(() -> ProcessHandle.of(Long.parseLong(told[1])).isEmpty());
      }
    }
  }

  /// The server may not have noticed yet that the client before is gone.
  private static ExecClient resumed(URI uri, String session) throws Exception {
    long endBy = System.nanoTime() + ExecServerProcess.SOON.toNanos();
    while (true) {
      ExecClient client = ExecClient.connect(uri, null);
      String got = client.handshake(session);
      if (got.equals(session)) {
        return client;
      }
      assertThat(got).contains("-32010");
      assertThat(System.nanoTime()).isLessThan(endBy);
      client.close();
    }
  }

  @Test
  void standardStreamsNeedNoWebServer(@TempDir Path folder) throws Exception {
    Path classes = folder.resolve("classes");
    try (ExecServerProcess server =
        ExecServerProcess.start(
            Map.of("CODEX_LSP_JAVA_OPTS", "-Xlog:class+load:file=" + classes),
            "--listen",
            "stdio")) {
      ExecClient client = server.client();
      client.handshake(null);
      client.start("p", FOREVER);
      client.close();
      assertThat(server.exitStatus()).isZero();
    }
    assertThat(Files.readString(classes))
        .contains("dev.codexlsp.exec.server.ExecServer ")
        .doesNotContain("org.eclipse.jetty");
  }
}
