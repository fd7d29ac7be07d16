package dev.codexlsp.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// The packaged exec-server as others start it. Every wait has a bound, and closing kills it.
final class ExecServerProcess implements AutoCloseable {
  static final Duration SOON = Duration.ofSeconds(5);
  private static final Duration BOUND = Duration.ofSeconds(20);

  private final Process process;
  private final Path log;

  private ExecServerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  static ExecServerProcess start(String... arguments) throws IOException {
    return start(Map.of(), arguments);
  }

  static ExecServerProcess start(Map<String, String> environment, String... arguments)
      throws IOException {
    File log = File.createTempFile("exec-server", ".log");
    log.deleteOnExit();
    List<String> command = new ArrayList<>();
    command.add(ServerProcess.LAUNCHER.toString());
    command.add("exec-server");
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(log);
    builder.environment().put("CODEX_LSP_JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    return new ExecServerProcess(builder.start(), log.toPath());
  }

  Process process() {
    return process;
  }

  /// The one line of a server that listens.
  URI uri() throws IOException {
    return URI.create(new BufferedReader(process.inputReader(StandardCharsets.UTF_8)).readLine());
  }

  /// A client on the standard streams, which reads all that comes.
  ExecClient client() {
    BlockingQueue<String> received = new LinkedBlockingQueue<>();
    Thread.ofPlatform().daemon().start(() -> process.inputReader().lines().forEach(received::add));
    return new ExecClient(wire(), received);
  }

  /// The way in of a client that reads for itself, or not at all.
  ExecClient.Wire wire() {
    OutputStream in = process.getOutputStream();
    return new ExecClient.Wire() {
      @Override
      public void send(String message) throws IOException {
        in.write((message + "\n").getBytes(StandardCharsets.UTF_8));
        in.flush();
      }

      @Override
      public void close() throws IOException {
        in.close();
      }
    };
  }

  void signal(String name) throws Exception {
    String pid = Long.toString(process.pid());
    assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor()).isZero();
  }

  /// Waits for the end, the given time at most.
  int exitStatus(Duration bound) throws InterruptedException {
    assertThat(process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS))
        .as("ended within " + bound)
        .isTrue();
    return process.exitValue();
  }

  int exitStatus() throws InterruptedException {
    return exitStatus(BOUND);
  }

  /// What it has said on standard error.
  String stderr() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What comes true some time.
  interface Condition {
    boolean holds() throws Exception;
  }

  static void await(Condition condition) throws Exception {
    long endBy = System.nanoTime() + BOUND.toNanos();
    while (!condition.holds()) {
      assertThat(System.nanoTime()).isLessThan(endBy);
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  /// Waits for the end of another process.
  static void awaitEnd(ProcessHandle other, Duration bound) throws Exception {
    other.onExit().get(bound.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
