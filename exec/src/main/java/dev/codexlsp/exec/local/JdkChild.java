package dev.codexlsp.exec.local;

import dev.codexlsp.exec.ProcessEvent.Stream;
import dev.codexlsp.exec.Stdio;
import dev.codexlsp.exec.TerminalSize;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One child of the [JdkLauncher], with a platform thread for each pipe, as reads and writes of
/// them block, and a virtual one that waits for the end and tells it. All of them end with the
/// child, but for what [JdkLauncher] says about pipes.
final class JdkChild implements ChildControl {
  private static final int BUFFER_BYTES = 16 * 1024;
  private static final Duration CLOSING_GRACE = Duration.ofMillis(100);

  private final Process process;
  private final Consumer<JdkChild> ended;
  private final EventQueue events = new EventQueue(() -> {});
  private final @Nullable InputQueue input;
  private final Thread stdout;
  private final Thread stderr;
  private final Thread waiter;

  /// Written by any thread that kills, read by the waiter.
  private volatile Duration drainGrace;

  /// @param ended called on the waiter's thread when all has been told
  JdkChild(Process process, Stdio.Pipes pipes, Duration drainGrace, Consumer<JdkChild> ended) {
    this.process = process;
    this.input = pipes.input() ? new InputQueue(() -> {}) : null;
    this.drainGrace = drainGrace;
    this.ended = ended;
    stdout = pump("stdout", Stream.STDOUT, process.getInputStream());
    stderr = pump("stderr", Stream.STDERR, process.getErrorStream());
    waiter = Thread.ofVirtual().name("exec-" + process.pid()).unstarted(this::awaitProcess);
  }

  void serve() {
    stdout.start();
    stderr.start();
    if (input != null) {
      platform("stdin", () -> pump(input, process.getOutputStream())).start();
    }
    waiter.start();
  }

  EventQueue events() {
    return events;
  }

  @Nullable InputQueue input() {
    return input;
  }

  @Override
  public void resize(TerminalSize size) {
    // There is no terminal here.
  }

  /// The JDK can send TERM and KILL only, so a shell does it, which has a `kill` of its own. It
  /// goes by numbers: one that ends in this moment may have left its number to somebody else.
  @Override
  public void interrupt() {
    if (process.isAlive()) {
      List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "kill -INT \"$@\"", "sh"));
      tree().forEach(handle -> command.add(String.valueOf(handle.pid())));
      Thread.ofVirtual().name("exec-interrupt-" + process.pid()).start(() -> run(command));
    }
  }

  private static void run(List<String> command) {
    try {
      new ProcessBuilder(command)
          .redirectOutput(Redirect.DISCARD)
          .redirectError(Redirect.DISCARD)
          .start();
    } catch (IOException _) {
      // The child has not been interrupted, as if it ignored it.
    }
  }

  /// Returns at once; the grace passes on a thread of its own.
  @Override
  public void terminate() {
    Thread.ofVirtual().name("exec-terminate-" + process.pid()).start(this::terminateTree);
  }

  void kill() {
    drainGrace = CLOSING_GRACE;
    tree().forEach(ProcessHandle::destroyForcibly);
  }

  /// Waits until all has been told, if that takes no longer than the limit.
  void awaitEnd(Duration limit) throws InterruptedException {
    waiter.join(limit);
  }

  private Thread pump(String name, Stream stream, InputStream pipe) {
    return platform(name, () -> pump(stream, pipe));
  }

  private Thread platform(String name, Runnable task) {
    return Thread.ofPlatform().daemon().name("exec-" + name + "-" + process.pid()).unstarted(task);
  }

  private static void pump(InputQueue input, OutputStream pipe) {
    try (pipe) {
      for (ByteBuffer some = input.take(); some != null; some = input.take()) {
        byte[] bytes = new byte[some.remaining()];
        some.get(bytes);
        pipe.write(bytes);
        pipe.flush();
      }
    } catch (IOException _) {
      // Nobody reads any more; what comes is dropped.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      input.close();
    }
  }

  private void pump(Stream stream, InputStream pipe) {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (pipe) {
      for (int count = pipe.read(buffer); count >= 0; count = pipe.read(buffer)) {
        events.output(stream, Arrays.copyOf(buffer, count));
        events.awaitRoom();
      }
    } catch (IOException _) {
      // The pipe was closed when the grace was over; what was read is all there is.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitProcess() {
    try {
      events.exited(process.waitFor());
      // What the process has left is no more than a pipe holds, so it need not be held back.
      events.lift();
      long endBy = System.nanoTime() + drainGrace.toNanos();
      boolean complete = stdout.join(drainGrace);
      complete &= stderr.join(Duration.ofNanos(Math.max(0, endBy - System.nanoTime())));
      if (input != null) {
        input.close();
      }
      events.closed(complete);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      ended.accept(this);
    }
  }

  private void terminateTree() {
    List<ProcessHandle> tree = tree();
    tree.forEach(ProcessHandle::destroy);
    try {
      Thread.sleep(Launcher.TERMINATE_GRACE);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    // A handle knows when its process began, so a new one of the same pid is not hit.
    tree.forEach(ProcessHandle::destroyForcibly);
  }

  /// The child comes first, or it would see its children die and might end as if all were well.
  private List<ProcessHandle> tree() {
    List<ProcessHandle> tree = new ArrayList<>();
    tree.add(process.toHandle());
    tree.addAll(process.descendants().toList());
    return tree;
  }
}
