package dev.codexlsp.core.tool;

import dev.codexlsp.exec.ProcessEvent;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// What is known of a command: what it has printed, and how it ended. Not safe for threads;
/// [RunningCommand] guards it.
final class CommandState {
  private final RetainedOutput output = new RetainedOutput();
  private RetainedOutput untaken = new RetainedOutput();
  private @Nullable Integer exitCode;
  private boolean isDenied;

  /// Why it could not be confined, and so has not run.
  private @Nullable String unavailable;

  private @Nullable String lossReason;
  private boolean isOutputComplete = true;
  private boolean isOver;

  void take(ProcessEvent event) {
    switch (event) {
      case ProcessEvent.Output chunk -> print(chunk.bytes());
      case ProcessEvent.Exited exited -> {
        exitCode = exited.exitCode();
        isDenied = exited.sandboxDenied();
      }
      case ProcessEvent.Closed closed -> {
        isOutputComplete = closed.outputComplete();
        isOver = true;
      }
      case ProcessEvent.NeverRan unrun -> {
        unavailable = unrun.reason();
        isOver = true;
      }
      case ProcessEvent.Lost lost -> {
        lossReason = lost.reason();
        isOutputComplete = false;
        isOver = true;
      }
    }
  }

  private void print(ByteBuffer bytes) {
    output.append(bytes);
    untaken.append(bytes);
  }

  /// What was printed since the last time.
  RetainedOutput takeOutput() {
    RetainedOutput taken = untaken;
    untaken = new RetainedOutput();
    return taken;
  }

  RetainedOutput output() {
    return output;
  }

  /// Null while it is not known.
  @Nullable Integer exitCode() {
    return exitCode;
  }

  /// The sandbox has refused something, which made the command fail.
  boolean isDenied() {
    return isDenied;
  }

  boolean isOver() {
    return isOver;
  }

  /// Whether it is known that the command did what it was meant to.
  boolean hasSucceeded() {
    return exitCode != null && exitCode == 0 && lossReason == null && !isDenied;
  }

  /// What there is to say about the command besides its exit code; null for nothing.
  @Nullable String remark() {
    if (unavailable != null) {
      return unavailable;
    }
    if (lossReason != null) {
      return "The command is out of reach: " + lossReason;
    }
    if (isDenied) {
      return "The sandbox has refused something that the command needs";
    }
    return isOutputComplete
        ? null
        : "Not all of the output is shown: a background process still holds it open, or more"
            + " of it came than was kept";
  }
}
