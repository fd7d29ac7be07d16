package dev.codexlsp.core.approval;

import java.util.List;

/// What a human can say to the question whether something may be done.
public sealed interface Decision {

  /// Once.
  record Accept() implements Decision {}

  /// Now, and every time exactly the same is wanted while this thread is loaded.
  record AcceptForSession() implements Decision {}

  /// Now, and from now on every command that begins with these words, without a question and
  /// without a sandbox.
  record AcceptWithExecpolicyAmendment(List<String> execpolicyAmendment) implements Decision {
    public AcceptWithExecpolicyAmendment {
      execpolicyAmendment = List.copyOf(execpolicyAmendment);
    }
  }

  /// No; the model is told and the turn goes on.
  record Decline() implements Decision {}

  /// No, and the turn ends.
  record Cancel() implements Decision {}
}
