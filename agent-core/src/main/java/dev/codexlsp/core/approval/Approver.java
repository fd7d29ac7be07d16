package dev.codexlsp.core.approval;

import java.util.function.Consumer;

/// Somebody who can put a question to a human.
public interface Approver {

  /// Shows the question and returns at once. The answer arrives on any thread, at most once; none
  /// may ever come.
  Question ask(ServerRequest request, Consumer<Answer> answer);

  /// A question that has been shown.
  interface Question {

    /// It has been decided, here or elsewhere, or nobody needs the answer any more. Called on the
    /// owner, once.
    void resolved();
  }
}
