package dev.codexlsp.server.client;

import com.google.gson.JsonElement;
import dev.codexlsp.core.approval.Answer;
import dev.codexlsp.core.approval.Decision;
import java.util.List;

/// The buttons under a question, in the order in which editors show them.
enum ApprovalButton {
  ACCEPT("Accept", new Decision.Accept()),
  ACCEPT_FOR_SESSION("Accept for session", new Decision.AcceptForSession()),
  DECLINE("Decline", new Decision.Decline()),
  CANCEL("Cancel turn", new Decision.Cancel());

  private final String title;
  private final Decision decision;

  ApprovalButton(String title, Decision decision) {
    this.title = title;
    this.decision = decision;
  }

  String title() {
    return title;
  }

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
