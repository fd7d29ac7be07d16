package dev.codexlsp.server.process;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// The packaged server as a client meets it: a process behind three pipes. Every wait has a bound,
/// and closing kills what is left.
public final class ServerProcess implements AutoCloseable {
  private static final Duration BOUND = Duration.ofSeconds(20);

  /// The working directory of a module's tests is the module.
  public static final Path LAUNCHER =
      Path.of("..", "bin", "codex-lsp").toAbsolutePath().normalize();

  private final Process process;
  private final OutputStream in;
  private final BlockingQueue<JsonObject> messages = new LinkedBlockingQueue<>();
  private final CompletableFuture<String> rest = new CompletableFuture<>();
  private final CompletableFuture<String> stderr = new CompletableFuture<>();

  private ServerProcess(Process process) {
    this.process = process;
    this.in = process.getOutputStream();
    Thread.ofVirtual().start(this::readMessages);
    Thread.ofVirtual().start(() -> readAll(process.getErrorStream(), stderr));
  }

  /// Starts the launcher on the JDK that runs the test.
  public static ServerProcess start(String... arguments) throws IOException {
    return start(Path.of("").toAbsolutePath(), LAUNCHER, Map.of(), arguments);
  }

  public static ServerProcess start(
      Path directory, Path launcher, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().put("CODEX_LSP_JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    return new ServerProcess(builder.start());
  }

  public Process process() {
    return process;
  }

  /// Sends one message in a frame of its own.
  public void send(String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    sendRaw("Content-Length: " + body.length + "\r\n\r\n" + json);
  }

  public void sendRaw(String text) throws IOException {
    sendRaw(text.getBytes(StandardCharsets.UTF_8));
  }

  public void sendRaw(byte[] bytes) throws IOException {
    in.write(bytes);
    in.flush();
  }

  public void closeInput() throws IOException {
    in.close();
  }

  /// The next message of the server.
  public JsonObject receive() throws InterruptedException {
    JsonObject message = messages.poll(BOUND.toMillis(), TimeUnit.MILLISECONDS);
    if (message == null) {
      throw new AssertionError("no message within " + BOUND);
    }
    return message;
  }

  /// Opens the session; the answer to `initialize` comes back.
  public JsonObject initialize(String params) throws IOException, InterruptedException {
    send(
        "{'jsonrpc':'2.0','id':0,'method':'initialize','params':%s}"
            .formatted(params)
            .replace('\'', '"'));
    JsonObject answer = receive();
    send("{\"jsonrpc\":\"2.0\",\"method\":\"initialized\",\"params\":{}}");
    return answer;
  }

  /// Closes the session the polite way.
  public void shutdownAndExit() throws IOException, InterruptedException {
    send("{\"jsonrpc\":\"2.0\",\"id\":\"bye\",\"method\":\"shutdown\"}");
    for (JsonObject answer = receive(); !isAnswerTo(answer, "bye"); answer = receive()) {
      // Whatever is on its way comes first.
    }
    send("{\"jsonrpc\":\"2.0\",\"method\":\"exit\"}");
  }

  private static boolean isAnswerTo(JsonObject message, String id) {
    return message.has("id") && message.get("id").getAsString().equals(id);
  }

  /// Waits for the end of the process, the given time at most.
  public int exitStatus(Duration bound) throws InterruptedException {
    if (!process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("still running after " + bound);
    }
    return process.exitValue();
  }

  public int exitStatus() throws InterruptedException {
    return exitStatus(BOUND);
  }

  /// What came on standard output after the last frame; known when the process has ended.
  public String rest() throws Exception {
    return rest.get(BOUND.toMillis(), TimeUnit.MILLISECONDS);
  }

  public String stderr() throws Exception {
    return stderr.get(BOUND.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// Messages that came and have not been received.
  public int unread() {
    return messages.size();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private void readMessages() {
    StringBuilder line = new StringBuilder();
    try (InputStream out = new BufferedInputStream(process.getInputStream())) {
      while (true) {
        line.setLength(0);
        for (int c = out.read(); c != '\n'; c = out.read()) {
          if (c < 0) {
            throw new EOFException();
          }
          line.append((char) c);
        }
        if (!line.toString().startsWith("Content-Length: ")) {
          rest.complete(line + "\n" + new String(out.readAllBytes(), StandardCharsets.UTF_8));
          return;
        }
        int length = Integer.parseInt(line.substring("Content-Length: ".length()).trim());
        out.skipNBytes("\r\n".length());
        String body = new String(out.readNBytes(length), StandardCharsets.UTF_8);
        messages.add(JsonParser.parseString(body).getAsJsonObject());
      }
    } catch (IOException end) {
      rest.complete(line.toString());
    } finally {
      rest.complete("");
    }
  }

  private static void readAll(InputStream stream, CompletableFuture<String> text) {
    try (stream) {
      text.complete(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException failure) {
      text.completeExceptionally(failure);
    }
  }
}
