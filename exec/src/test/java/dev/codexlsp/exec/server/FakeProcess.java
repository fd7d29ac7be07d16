package dev.codexlsp.exec.server;

import dev.codexlsp.exec.ExecProcess;
import dev.codexlsp.exec.ProcessEvent;
import dev.codexlsp.exec.ProcessEvent.Stream;
import dev.codexlsp.exec.Run;
import dev.codexlsp.exec.TerminalSize;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A process that does what a test says; it counts its own events.
final class FakeProcess implements ExecProcess {
  private final BlockingQueue<ProcessEvent> events = new LinkedBlockingQueue<>();
  private final AtomicLong sequence = new AtomicLong();
  private final AtomicBoolean exited = new AtomicBoolean();

  /// What was asked of it.
  final List<String> calls = new CopyOnWriteArrayList<>();

  /// Each write takes one.
  final Semaphore writable = new Semaphore(Integer.MAX_VALUE);

  /// Whether a termination ends it.
  volatile boolean obedient = true;

  /// Thrown by whoever takes the next event, once.
  volatile @Nullable RuntimeException failure;

  void output(String text) {
    output(Stream.STDOUT, text.getBytes(StandardCharsets.UTF_8));
  }

  void output(Stream stream, byte[] bytes) {
    events.add(new ProcessEvent.Output(sequence.incrementAndGet(), stream, ByteBuffer.wrap(bytes)));
  }

  void exit(int code) {
    if (exited.compareAndSet(false, true)) {
      events.add(new ProcessEvent.Exited(sequence.incrementAndGet(), code, false));
    }
  }

  void close() {
    events.add(new ProcessEvent.Closed(sequence.incrementAndGet(), true));
  }

  /// Exits and closes, unless it has exited already.
  void end(int code) {
    if (exited.compareAndSet(false, true)) {
      events.add(new ProcessEvent.Exited(sequence.incrementAndGet(), code, false));
      close();
    }
  }

  void kill() {
    end(137);
  }

  /// How many events the server has not taken yet.
  int untaken() {
    return events.size();
  }

  /// Waits until the server has taken all of them.
  void awaitTaken() {
    Run.await("all events are taken", events::isEmpty);
  }

  @Override
  public @Nullable ProcessEvent next(Duration timeout) throws InterruptedException {
    @Nullable ProcessEvent event =
        events.poll(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
    @Nullable RuntimeException thrown = failure;
    if (thrown != null) {
      failure = null;
      throw thrown;
    }
    return event;
  }

  @Override
  public boolean write(ByteBuffer bytes) throws InterruptedException {
    writable.acquire();
    calls.add("write " + StandardCharsets.UTF_8.decode(bytes.duplicate()));
    return true;
  }

  @Override
  public void resize(TerminalSize size) {
    calls.add("resize " + size.rows() + " x " + size.columns());
  }

  @Override
  public void interrupt() {
    calls.add("interrupt");
  }

  @Override
  public void terminate() {
    calls.add("terminate");
    if (obedient) {
      end(143);
    }
  }
}
