package dev.codexlsp.core.tool;

import dev.codexlsp.exec.ExecProcess;
import dev.codexlsp.exec.ProcessEvent;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A running command, followed to its end. Confined to the turn's thread.
final class CommandRun {
  /// What is streamed at most; the completed item carries the retained text anyway.
  private static final long STREAMED_BYTES_LIMIT = RetainedOutput.PART_LIMIT;

  /// How long the last events of a killed command are waited for. The grace between TERM and KILL
  /// fits in, and it fits into what a thread may take to end with the server.
  private static final Duration KILL_WAIT = Duration.ofMillis(900);

  /// How long a command that says nothing is not yet taken to run, as in the original.
  private static final Duration EARLY = Duration.ofMillis(150);

  private final ExecProcess process;
  private final Watcher watcher;
  private final long startedNanos = System.nanoTime();
  private final RetainedOutput output = new RetainedOutput();
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private ByteBuffer undecoded = ByteBuffer.allocate(0);
  private @Nullable Integer exitCode;
  private boolean isDenied;
  private @Nullable String lossReason;
  private boolean outputComplete = true;
  private boolean isClosed;
  private boolean wasKilled;

  /// Who sees the command while it runs.
  interface Watcher {
    /// The command has begun to do something; called before anything else, and perhaps again. Not
    /// called for one that the sandbox refuses at once.
    void runs() throws InterruptedException;

    void printed(String text) throws InterruptedException;
  }

  CommandRun(ExecProcess process, Watcher watcher) {
    this.process = process;
    this.watcher = watcher;
  }

  /// Follows the command until it is over or the time is up. False means that the time was up; it
  /// has been killed.
  boolean awaitEnd(Duration limit) throws InterruptedException {
    if (follow(limit)) {
      return true;
    }
    kill();
    return false;
  }

  /// Ends the process group and reads its last events. An interrupt cannot cut this short; it is
  /// passed on after.
  void kill() {
    wasKilled = true;
    process.terminate();
    boolean interrupted = Thread.interrupted();
    try {
      long deadline = System.nanoTime() + KILL_WAIT.toNanos();
      while (!isClosed && System.nanoTime() < deadline) {
        try {
          ProcessEvent event = process.next(Duration.ofNanos(deadline - System.nanoTime()));
          if (event != null) {
            keep(event);
          }
        } catch (InterruptedException again) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private boolean follow(Duration limit) throws InterruptedException {
    long deadline = startedNanos + limit.toNanos();
    awaitFirstSign(limit);
    while (!isClosed) {
      long left = deadline - System.nanoTime();
      // Asked for here too: a command that never falls silent always has a next event.
      ProcessEvent event = left > 0 ? process.next(Duration.ofNanos(left)) : null;
      if (event == null) {
        return false;
      }
      take(event);
    }
    return true;
  }

  /// A refusal of the sandbox would come soon and first.
  private void awaitFirstSign(Duration limit) throws InterruptedException {
    ProcessEvent first = process.next(limit.compareTo(EARLY) < 0 ? limit : EARLY);
    if (!(first instanceof ProcessEvent.Exited exited && exited.sandboxDenied())) {
      watcher.runs();
    }
    if (first != null) {
      take(first);
    }
  }

  private void take(ProcessEvent event) throws InterruptedException {
    keep(event);
    if (event instanceof ProcessEvent.Output chunk && output.totalBytes() <= STREAMED_BYTES_LIMIT) {
      String text = decode(chunk.bytes());
      if (!text.isEmpty()) {
        watcher.runs();
        watcher.printed(text);
      }
    }
  }

  private void keep(ProcessEvent event) {
    switch (event) {
      case ProcessEvent.Output chunk -> output.append(chunk.bytes());
      case ProcessEvent.Exited exited -> {
        exitCode = exited.exitCode();
        isDenied = exited.sandboxDenied();
      }
      case ProcessEvent.Closed closed -> {
        outputComplete = closed.outputComplete();
        isClosed = true;
      }
      case ProcessEvent.Lost lost -> {
        lossReason = lost.reason();
        outputComplete = false;
        isClosed = true;
      }
    }
  }

  /// A character cut by the end of a read is kept for the next one.
  private String decode(ByteBuffer chunk) {
    ByteBuffer bytes = ByteBuffer.allocate(undecoded.remaining() + chunk.remaining());
    bytes.put(undecoded).put(chunk.duplicate()).flip();
    CharBuffer text = CharBuffer.allocate(bytes.remaining());
    decoder.decode(bytes, text, false);
    undecoded = bytes.slice();
    return text.flip().toString();
  }

  RetainedOutput output() {
    return output;
  }

  @Nullable Integer exitCode() {
    return exitCode;
  }

  /// The sandbox has refused something, which made the command fail.
  boolean isDenied() {
    return isDenied;
  }

  /// Why nobody knows how the command ended; null when it is known.
  @Nullable String lossReason() {
    return lossReason;
  }

  boolean isOutputComplete() {
    return outputComplete;
  }

  boolean wasKilled() {
    return wasKilled;
  }

  Duration wallTime() {
    return Duration.ofNanos(System.nanoTime() - startedNanos);
  }
}
