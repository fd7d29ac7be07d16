package dev.codexlsp.server.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How a session begins, what it refuses, and every way in which the process ends.
class LifecycleIT {
  private static final Duration SOON = Duration.ofSeconds(5);

  private static JsonObject json(String text) {
    return JsonParser.parseString(text.replace('\'', '"')).getAsJsonObject();
  }

  private static JsonObject refused(String id, int code, String message) {
    return json(
        "{'jsonrpc':'2.0','id':%s,'error':{'code':%d,'message':'%s'}}"
            .formatted(id, code, message));
  }

  @Test
  void aWholeSession() throws Exception {
    try (ServerProcess server = ServerProcess.start("lsp", "--stdio")) {
      server.send("{\"id\":\"early\",\"method\":\"shutdown\"}");
      assertThat(server.receive()).isEqualTo(refused("'early'", -32002, "Not initialized"));
      server.send("{\"method\":\"initialized\",\"params\":{}}");
      JsonObject answer = server.initialize("{'clientInfo':{'name':'probe','version':'1'}}");
      assertThat(answer.getAsJsonObject("result").getAsJsonObject("serverInfo"))
          .isEqualTo(json("{'name':'codex-lsp','version':'0.1.0'}"));
      server.send("{\"id\":1,\"method\":\"initialize\",\"params\":{}}");
      assertThat(server.receive()).isEqualTo(refused("1", -32600, "Already initialized"));
      server.send("{\"id\":2,\"method\":\"textDocument/hover\",\"params\":{}}");
      assertThat(server.receive())
          .isEqualTo(refused("2", -32601, "unknown method `textDocument/hover`"));
      server.send("{\"method\":\"$/setTrace\",\"params\":{\"value\":\"off\"}}");
      server.send("{\"method\":\"textDocument/didOpen\",\"params\":{}}");
      server.send("{\"id\":3,\"method\":\"shutdown\"}");
      assertThat(server.receive()).isEqualTo(json("{'jsonrpc':'2.0','id':3,'result':null}"));
      server.send("{\"id\":4,\"method\":\"shutdown\"}");
      assertThat(server.receive()).isEqualTo(refused("4", -32600, "the server is shut down"));
      server.send("{\"method\":\"exit\"}");
      assertThat(server.exitStatus()).isZero();
      assertThat(server.rest()).isEmpty();
      assertThat(server.stderr()).isEmpty();
    }
  }

  @Test
  void theConnectionSurvivesBadFrames() throws Exception {
    try (ServerProcess server = ServerProcess.start()) {
      server.send("{nope");
      assertThat(server.receive()).isEqualTo(refused("null", -32700, "malformed JSON"));
      int tooLong = 64 * 1024 * 1024 + 1;
      server.sendRaw("Content-Length: " + tooLong + "\r\n\r\n" + "x".repeat(tooLong));
      assertThat(server.receive())
          .isEqualTo(
              refused(
                  "null", -32600, "frame of 67108865 bytes exceeds the limit of 67108864 bytes"));
      server.sendRaw("hello?\r\n");
      assertThat(server.receive())
          .isEqualTo(refused("null", -32600, "expected a `Content-Length` header"));
      server.initialize("{}");
      server.shutdownAndExit();
      assertThat(server.exitStatus()).isZero();
      assertThat(server.stderr()).isEmpty();
    }
  }

  @Test
  void exitWithoutShutdown() throws Exception {
    try (ServerProcess server = ServerProcess.start()) {
      server.initialize("{}");
      server.send("{\"method\":\"exit\"}");
      assertThat(server.exitStatus()).isEqualTo(1);
    }
  }

  @Test
  void endOfInput() throws Exception {
    try (ServerProcess server = ServerProcess.start()) {
      server.initialize("{}");
      server.closeInput();
      assertThat(server.exitStatus(SOON)).isEqualTo(1);
    }
  }

  @Test
  void endOfInputAfterShutdown() throws Exception {
    try (ServerProcess server = ServerProcess.start()) {
      server.initialize("{}");
      server.send("{\"id\":3,\"method\":\"shutdown\"}");
      server.closeInput();
      assertThat(server.receive()).isEqualTo(json("{'jsonrpc':'2.0','id':3,'result':null}"));
      assertThat(server.exitStatus(SOON)).isZero();
    }
  }

  @Test
  void endOfInputInMidFrame() throws Exception {
    try (ServerProcess server = ServerProcess.start()) {
      server.sendRaw("Content-Length: 100\r\n\r\n{");
      server.closeInput();
      assertThat(server.exitStatus(SOON)).isEqualTo(1);
      assertThat(server.stderr()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"TERM, 143", "HUP, 129", "INT, 130"})
  void signals(String signal, int status) throws Exception {
    try (ServerProcess server = ServerProcess.start()) {
      server.initialize("{}");
      String pid = Long.toString(server.process().pid());
      assertThat(new ProcessBuilder("kill", "-" + signal, pid).start().waitFor()).isZero();
      assertThat(server.exitStatus(SOON)).isEqualTo(status);
    }
  }

  @Test
  void theEndOfTheClientsProcess() throws Exception {
    Process client = new ProcessBuilder("sleep", "60").start();
    try (ServerProcess server = ServerProcess.start()) {
      server.initialize("{'processId':%d}".formatted(client.pid()));
      client.destroyForcibly().waitFor();
      assertThat(server.exitStatus(SOON)).isEqualTo(1);
      assertThat(server.stderr())
          .containsPattern("WARN the client's process " + client.pid() + " has ended\n$");
    } finally {
      client.destroyForcibly();
    }
  }

  @Test
  void aClientInAnotherContainer() throws Exception {
    try (ServerProcess server = ServerProcess.start()) {
      server.initialize("{'processId':%d}".formatted(Integer.MAX_VALUE));
      server.shutdownAndExit();
      assertThat(server.exitStatus()).isZero();
    }
  }

  @Test
  void aClientThatStopsReading(@TempDir Path folder) throws Exception {
    Path log = folder.resolve("log");
    ProcessBuilder builder =
        new ProcessBuilder(ServerProcess.LAUNCHER.toString()).redirectError(log.toFile());
    builder.environment().put("CODEX_LSP_JAVA_HOME", System.getProperty("java.home"));
    Process server = builder.start();
    server.getInputStream().close();
    try (OutputStream in = server.getOutputStream()) {
      for (int id = 0; id < 3; id++) {
        String request = "{\"id\":%d,\"method\":\"nonsense\"}".formatted(id);
        in.write(("Content-Length: " + request.length() + "\r\n\r\n" + request).getBytes(UTF_8));
      }
    }
    try {
      assertThat(server.waitFor(SOON)).isTrue();
    } finally {
      server.destroyForcibly();
    }
    assertThat(server.exitValue()).isEqualTo(1);
    assertThat(Files.readAllLines(log))
        .singleElement()
        .asString()
        .endsWith("WARN cannot write to the client: Broken pipe");
  }

  @ParameterizedTest
  @ValueSource(strings = {"debug", "info", "nonsense"})
  void theLogGoesToStandardError(String level) throws Exception {
    try (ServerProcess server =
        ServerProcess.start(
            ServerProcess.LAUNCHER.getParent(),
            ServerProcess.LAUNCHER,
            Map.of("CODEX_LSP_LOG", level))) {
      server.initialize("{}");
      server.send("{\"method\":\"nonsense\"}");
      server.shutdownAndExit();
      assertThat(server.exitStatus()).isZero();
      assertThat(server.rest()).isEmpty();
      assertThat(server.stderr().contains("DEBUG ignored: nonsense\n"))
          .isEqualTo(level.equals("debug"));
    }
  }
}
