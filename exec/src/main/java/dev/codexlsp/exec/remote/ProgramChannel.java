package dev.codexlsp.exec.remote;

import dev.codexlsp.exec.protocol.ExecChannel;
import dev.codexlsp.exec.protocol.LineChannel;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Messages as lines to and from a program.
///
/// Two platform threads belong to it, because pipes pin the carriers of virtual ones: one writes,
/// one reads what the program says on standard error. They end with the program, which is ended by
/// [#close]. Of what it says on standard error the last line is kept: it is the best explanation
/// there is when the program ends.
final class ProgramChannel implements ExecChannel {
  /// Messages that may wait for the program to read.
  private static final int UNWRITTEN_LIMIT = 16;

  private static final int ERROR_LINE_LIMIT = 1000;
  private static final Duration END_GRACE = Duration.ofMillis(200);

  /// What tells the writer to end; a message has at least two bytes.
  private static final ByteBuffer NO_MORE = ByteBuffer.allocate(0);

  private final String program;
  private final Process process;
  private final LineChannel lines;
  private final BlockingQueue<ByteBuffer> unwritten = new ArrayBlockingQueue<>(UNWRITTEN_LIMIT);
  private final Thread errors;
  private volatile String lastError = "";
  private final AtomicBoolean isClosed = new AtomicBoolean();
  private final Thread ender;

  ProgramChannel(String program, Process process) {
    this.program = program;
    this.process = process;
    this.lines = new LineChannel(process.getInputStream(), process.getOutputStream());
    this.errors = pump("exec-stderr-", this::readErrors);
    pump("exec-write-", this::write);
    this.ender = Thread.ofVirtual().name("exec-end-" + process.pid()).unstarted(this::end);
  }

  private Thread pump(String name, Runnable body) {
    return Thread.ofPlatform().daemon().name(name + process.pid()).start(body);
  }

  @Override
  public void send(ByteBuffer message) throws IOException, InterruptedException {
    while (!unwritten.offer(message, END_GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
      if (isClosed.get()) {
        throw new IOException("closed");
      }
    }
  }

  private void write() {
    try {
      for (ByteBuffer next = unwritten.take(); next.hasRemaining(); next = unwritten.take()) {
        lines.send(next);
      }
      // The end of its input tells an exec-server to end, and to end its processes first.
      process.getOutputStream().close();
    } catch (IOException _) {
      // The program reads no more. When it ends, the receiver says why.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void readErrors() {
    try (BufferedReader reader = process.errorReader(StandardCharsets.UTF_8)) {
      StringBuilder line = new StringBuilder();
      for (int c = reader.read(); c >= 0; c = reader.read()) {
        if (c != '\n' && line.length() < ERROR_LINE_LIMIT) {
          line.append((char) c);
        }
        if (c == '\n') {
          remember(line);
          line.setLength(0);
        }
      }
      remember(line);
    } catch (IOException _) {
      // What was read is all there is.
    }
  }

  private void remember(StringBuilder line) {
    if (!line.toString().isBlank()) {
      lastError = Words.firstLine(line.toString());
    }
  }

  @Override
  public @Nullable ByteBuffer receive() throws IOException, InterruptedException {
    ByteBuffer line = lines.receive();
    if (line == null && !isClosed.get()) {
      throw new IOException(howItEnded());
    }
    return line;
  }

  /// Why nothing more comes from the program.
  private String howItEnded() throws InterruptedException {
    if (!process.waitFor(END_GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
      return program + " has closed its output";
    }
    errors.join(END_GRACE);
    String said = lastError;
    return program
        + " has ended with status "
        + process.exitValue()
        + (said.isEmpty() ? "" : ": " + said);
  }

  /// Asks the program to end, and kills it when it does not. Waits for neither; see [#awaitEnd].
  @Override
  public void close() {
    if (isClosed.compareAndSet(false, true)) {
      unwritten.clear();
      unwritten.offer(NO_MORE);
      ender.start();
    }
  }

  private void end() {
    try {
      if (!process.waitFor(END_GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroy();
      }
      if (!process.waitFor(END_GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  boolean hasEnded() {
    return !process.isAlive();
  }

  /// Waits until a closed program has ended, for a bounded time.
  void awaitEnd() throws InterruptedException {
    ender.join(END_GRACE.multipliedBy(3));
  }
}
