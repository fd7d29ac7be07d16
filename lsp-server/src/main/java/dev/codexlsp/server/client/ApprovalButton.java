package dev.codexlsp.server.client;

import com.google.gson.JsonElement;
import dev.codexlsp.core.approval.Answer;
import dev.codexlsp.core.approval.Decision;
import java.util.List;

/// A button under a question.
record ApprovalButton(String title, Decision decision) {
  static final ApprovalButton ACCEPT = new ApprovalButton("Accept", new Decision.Accept());
  static final ApprovalButton ACCEPT_FOR_SESSION =
      new ApprovalButton("Accept for session", new Decision.AcceptForSession());
  static final ApprovalButton DECLINE = new ApprovalButton("Decline", new Decision.Decline());
  static final ApprovalButton CANCEL = new ApprovalButton("Cancel turn", new Decision.Cancel());

  /// In the order in which editors show them.
  static final List<ApprovalButton> ALL = List.of(ACCEPT, ACCEPT_FOR_SESSION, DECLINE, CANCEL);

  /// What the pressed button means. Null is a question that was closed; a button that was not
  /// offered is no answer.
  static Answer outcome(JsonElement result, List<ApprovalButton> offered) {
    if (result.isJsonNull()) {
      return new Answer.Decided(new Decision.Decline());
    }
    String pressed = MessageQuestions.pressed(result);
    for (ApprovalButton button : offered) {
      if (button.title.equals(pressed)) {
        return new Answer.Decided(button.decision);
      }
    }
    return ApprovalPrompter.NOT_UNDERSTOOD;
  }
}
