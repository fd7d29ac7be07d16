package dev.codexlsp.exec.remote;

import dev.codexlsp.exec.protocol.ExecChannel;
import dev.codexlsp.exec.protocol.LineChannel;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Messages as lines to and from a program.
///
/// A platform thread belongs to it, because pipes pin the carriers of virtual ones: it reads what
/// the program says on standard error. It ends with the program, which is ended by [#close]
/// together with all its descendants. Of what it says on standard error the last line is kept: it
/// is the best explanation there is when the program ends.
final class ProgramChannel implements ExecChannel {
  private static final int ERROR_LINE_LIMIT = 1000;
  private static final Duration END_GRACE = Duration.ofMillis(200);

  private final String program;
  private final Process process;
  private final LineChannel lines;
  private final Thread errors;
  private volatile String lastError = "";
  private final AtomicBoolean isClosed = new AtomicBoolean();
  private final Thread ender;

  ProgramChannel(String program, Process process) {
    this.program = program;
    this.process = process;
    this.lines = new LineChannel(process.getInputStream(), process.getOutputStream());
    this.errors =
        Thread.ofPlatform().daemon().name("exec-stderr-" + process.pid()).start(this::readErrors);
    this.ender = Thread.ofVirtual().name("exec-end-" + process.pid()).unstarted(this::end);
  }

  @Override
  public void send(ByteBuffer message) throws IOException, InterruptedException {
    lines.send(message);
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
      ender.start();
    }
  }

  /// What the program has started ends with it, because it may hold our pipes; it is looked for
  /// while the program is there to be asked.
  private void end() {
    List<ProcessHandle> family = process.descendants().toList();
    // Waits for a message that is just being written, which the end of the program ends.
    Thread.ofVirtual().name("exec-eof-" + process.pid()).start(this::closeInput);
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
    family.forEach(ProcessHandle::destroyForcibly);
  }

  /// The end of its input tells an exec-server to end, and to end its processes first.
  private void closeInput() {
    try {
      process.getOutputStream().close();
    } catch (IOException gone) {
      // The program has ended by itself.
    }
  }

  boolean hasEnded() {
    return !process.isAlive();
  }

  /// Waits until a closed program has ended, or the time is up.
  void awaitEnd(Deadline deadline) throws InterruptedException {
    ender.join(deadline.left());
  }
}
