package dev.codexlsp.exec.server;

import static dev.codexlsp.exec.server.FakeClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.exec.ExecBackend;
import dev.codexlsp.exec.ExecException;
import dev.codexlsp.exec.ExecProcess;
import dev.codexlsp.exec.FileSystem;
import dev.codexlsp.exec.ProcessSpec;
import dev.codexlsp.exec.Run;
import dev.codexlsp.exec.Surroundings;
import dev.codexlsp.exec.local.LocalFiles;
import dev.codexlsp.exec.sandbox.Confinement;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A place whose processes do what a test says.
final class FakePlace implements ExecBackend {
  final BlockingQueue<FakeProcess> started = new LinkedBlockingQueue<>();
  final List<ProcessSpec> specs = new CopyOnWriteArrayList<>();
  final List<FakeProcess> all = new CopyOnWriteArrayList<>();

  /// Called by every start, before it returns.
  volatile Starting starting = spec -> {};

  volatile @Nullable ExecException unknown;
  volatile boolean closed;

  /// Whether a termination ends the processes that are started from now on.
  volatile boolean obedient = true;

  /// A server of this place.
  ExecServer server(ExecServer.Limits limits, ExecObserver observer) {
    ExecServer.Facts facts =
        new ExecServer.Facts("1.2.3", Map.of("HOME", "/home/me", "TMPDIR", "/scratch"));
    return new ExecServer(this, facts, limits, observer);
  }

  /// One that handles one request after the other.
  ExecServer server(ExecObserver observer) {
    return server(ExecServer.Limits.withConcurrentRequests(1), observer);
  }

  /// The next process that was started.
  FakeProcess next() throws InterruptedException {
    return Objects.requireNonNull(
        started.poll(Run.LIMIT.toSeconds(), TimeUnit.SECONDS), "nothing was started");
  }

  /// What starts a process by this id.
  static String start(String id) {
    return "{'processId':'" + id + "','argv':['x','y'],'cwd':'file:///w','env':{},'tty':false}";
  }

  FakeProcess start(FakeClient client, String id) throws InterruptedException {
    assertThat(client.call("process/start", start(id)))
        .isEqualTo(json("{'processId':'" + id + "','sandboxType':'none'}"));
    return next();
  }

  interface Starting {
    void at(ProcessSpec spec) throws ExecException, InterruptedException;
  }

  @Override
  public ExecProcess start(ProcessSpec spec) throws ExecException, InterruptedException {
    starting.at(spec);
    FakeProcess process = new FakeProcess();
    process.obedient = obedient;
    specs.add(spec);
    all.add(process);
    started.add(process);
    return process;
  }

  /// Ends all processes, and keeps nothing of them.
  void forget() {
    all.forEach(FakeProcess::kill);
    all.clear();
    started.clear();
    specs.clear();
  }

  @Override
  public FileSystem files() {
    return new LocalFiles();
  }

  @Override
  public FileSystem files(@Nullable Confinement sandbox) {
    return files();
  }

  @Override
  public Surroundings surroundings() throws ExecException {
    if (unknown != null) {
      throw unknown;
    }
    return new Surroundings(
        Path.of("/bin/bash"), Path.of("/work dir"), Path.of("/home/me"), "linux");
  }

  @Override
  public void close() {
    closed = true;
    all.forEach(FakeProcess::kill);
  }
}
