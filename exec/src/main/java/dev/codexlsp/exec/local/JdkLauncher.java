package dev.codexlsp.exec.local;

import dev.codexlsp.exec.ExecException;
import dev.codexlsp.exec.ExecProcess;
import dev.codexlsp.exec.ProcessSpec;
import dev.codexlsp.exec.SandboxUnavailableException;
import dev.codexlsp.exec.Stdio;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Starts processes by the JDK's own means, where [PosixLauncher] cannot: macOS, other C libraries.
///
/// What it cannot do, and nobody should rely on there:
/// - A child gets no session and no group of its own. Terminating reaches the child and those that
///   descend from it at that moment; what its dead parents left behind, and so everything once the
///   child itself has ended, is not reached.
/// - Nothing watches over the children: they live on when the server is killed.
/// - The JDK may close the pipes at the exit of the child, so output of a background child can stop
///   before the grace is over and is then told as complete. If a pipe is still held after the
///   grace, its reading thread stays until the holder writes or ends.
/// - There are no terminals, and no program gets another argument 0 than its path: asking for
///   either is refused.
/// - A child whose input is held by somebody who does not read keeps its writing thread as well.
/// - The start happens on the caller's thread, so children must not ask to die with their parent.
final class JdkLauncher implements Launcher {
  private final Duration drainGrace;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock.
  private final Set<JdkChild> children = new HashSet<>();
  private boolean closed;

  JdkLauncher(Duration drainGrace) {
    this.drainGrace = drainGrace;
  }

  @Override
  public ExecProcess launch(Path program, ProcessSpec spec, @Nullable Wrapping wrapping)
      throws ExecException {
    if (wrapping != null) {
      wrapping.drop();
      throw new SandboxUnavailableException("commands are not confined on this system");
    }
    Stdio.Pipes pipes =
        switch (spec.stdio()) {
          case Stdio.Pipes asked -> asked;
          case Stdio.Terminal _ ->
              throw new ExecException("commands cannot have a terminal on this system");
        };
    if (spec.arg0() != null) {
      throw new ExecException("commands cannot be given another name on this system");
    }
    ProcessBuilder builder = builder(program, spec, pipes);
    // Under the lock, so that a close sees every child.
    lock.lock();
    try {
      if (closed) {
        throw Launcher.refusal();
      }
      JdkChild child = new JdkChild(builder.start(), pipes, drainGrace, this::forget);
      children.add(child);
      child.serve();
      return new LocalProcess(child.events(), child.input(), child, null);
    } catch (IOException failure) {
      throw new ExecException(
          "cannot start " + spec.argv().getFirst() + ": " + failure.getMessage(), failure);
    } finally {
      lock.unlock();
    }
  }

  private static ProcessBuilder builder(Path program, ProcessSpec spec, Stdio.Pipes pipes) {
    List<String> command = new ArrayList<>(spec.argv());
    command.set(0, program.toString());
    ProcessBuilder builder = new ProcessBuilder(command).directory(spec.directory().toFile());
    if (!pipes.input()) {
      builder.redirectInput(new File("/dev/null"));
    }
    builder.environment().clear();
    builder.environment().putAll(spec.environment());
    return builder;
  }

  private void forget(JdkChild child) {
    lock.lock();
    try {
      children.remove(child);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    List<JdkChild> left;
    lock.lock();
    try {
      closed = true;
      left = List.copyOf(children);
    } finally {
      lock.unlock();
    }
    left.forEach(JdkChild::kill);
    long endBy = System.nanoTime() + CLOSE_LIMIT.toNanos();
    try {
      for (JdkChild child : left) {
        child.awaitEnd(Duration.ofNanos(Math.max(0, endBy - System.nanoTime())));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
