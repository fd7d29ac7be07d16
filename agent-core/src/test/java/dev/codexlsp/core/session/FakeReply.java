package dev.codexlsp.core.session;

import dev.codexlsp.core.thread.CodexException;
import dev.codexlsp.core.thread.Reply;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A caller that waits for its answer.
final class FakeReply<T> implements Reply<T> {
  private final BlockingQueue<Answer<T>> answers = new ArrayBlockingQueue<>(2);

  private record Answer<T>(@Nullable T value, @Nullable String refusal) {}

  @Override
  public boolean accept(T value) {
    answers.add(new Answer<>(value, null));
    return true;
  }

  @Override
  public void refuse(CodexException reason) {
    answers.add(new Answer<>(null, String.valueOf(reason.getMessage())));
  }

  T value() throws InterruptedException {
    Answer<T> answer = answer();
    if (answer.value() == null) {
      throw new AssertionError("refused: " + answer.refusal());
    }
    return answer.value();
  }

  String refusal() throws InterruptedException {
    Answer<T> answer = answer();
    if (answer.refusal() == null) {
      throw new AssertionError("accepted: " + answer.value());
    }
    return answer.refusal();
  }

  /// Null when it is accepted.
  @Nullable String refusalIfAny() throws InterruptedException {
    return answer().refusal();
  }

  private Answer<T> answer() throws InterruptedException {
    Answer<T> answer = answers.poll(Patience.LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    if (answer == null) {
      throw new AssertionError("nobody answered");
    }
    return answer;
  }
}
