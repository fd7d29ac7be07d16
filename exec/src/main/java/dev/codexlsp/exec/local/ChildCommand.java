package dev.codexlsp.exec.local;

import dev.codexlsp.exec.ExecException;
import dev.codexlsp.exec.ProcessSpec;
import dev.codexlsp.exec.TerminalSize;
import java.nio.file.Path;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// What other threads want of the launcher's thread.
sealed interface ChildCommand {
  /// Start a child.
  ///
  /// @param wrapping null for a child without limits
  /// @param answer takes the one answer without waiting
  record Start(
      Path program, ProcessSpec spec, @Nullable Wrapping wrapping, BlockingQueue<Answer> answer)
      implements ChildCommand {
    Start(Path program, ProcessSpec spec, @Nullable Wrapping wrapping) {
      this(program, spec, wrapping, new ArrayBlockingQueue<>(1));
    }

    /// It has not become a child.
    void fail(ExecException failure) {
      if (wrapping != null) {
        wrapping.drop();
      }
      answer.add(new Answer.Failed(failure));
    }
  }

  /// Nobody waits for the answer any more; a child that runs by now is terminated.
  record Withdraw(Start start) implements ChildCommand {}

  /// INT to the group of a child.
  ///
  /// @param pending made false when it is obeyed, so that another may be posted
  record Interrupt(PosixChild child, AtomicBoolean pending) implements ChildCommand {}

  /// Another size for the terminal of a child.
  ///
  /// @param wanted taken when it is obeyed, so that another may be posted
  record Resize(PosixChild child, AtomicReference<@Nullable TerminalSize> wanted)
      implements ChildCommand {}

  record Terminate(PosixChild child) implements ChildCommand {}

  /// Kill everything and end.
  record Close() implements ChildCommand {}

  /// What became of a [Start].
  sealed interface Answer {
    record Running(PosixChild child) implements Answer {}

    record Failed(ExecException failure) implements Answer {}
  }
}
