package dev.codexlsp.exec.server;

import dev.codexlsp.exec.ExecBackend;
import dev.codexlsp.exec.ExecException;
import dev.codexlsp.exec.ExecProcess;
import dev.codexlsp.exec.FileSystem;
import dev.codexlsp.exec.ProcessSpec;
import dev.codexlsp.exec.Surroundings;
import dev.codexlsp.exec.local.LocalFiles;
import dev.codexlsp.exec.sandbox.Confinement;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
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
