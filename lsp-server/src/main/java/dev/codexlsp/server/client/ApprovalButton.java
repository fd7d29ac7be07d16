package dev.codexlsp.server.client;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.codexlsp.core.approval.ApprovalOutcome;
import dev.codexlsp.core.approval.Decision;
import java.util.List;

/// The buttons under a question, in the order in which editors show them.
enum ApprovalButton {
  ACCEPT("Accept", Decision.ACCEPT),
  ACCEPT_FOR_SESSION("Accept for session", Decision.ACCEPT_FOR_SESSION),
  DECLINE("Decline", Decision.DECLINE),
  CANCEL("Cancel turn", Decision.CANCEL);

  private final String title;
  private final Decision decision;

  ApprovalButton(String title, Decision decision) {
    this.title = title;
    this.decision = decision;
  }

  String title() {
    return title;
  }

  /// What the pressed button means. Null is a question that was closed; a button that was not offered is no answer.
  static ApprovalOutcome outcome(JsonElement result, List<ApprovalButton> offered) {
    if (result.isJsonNull()) {
      return new ApprovalOutcome.Decided(Decision.DECLINE);
    }
    if (result instanceof JsonObject action && action.get("title") instanceof JsonPrimitive title) {
      for (ApprovalButton button : offered) {
        if (button.title.equals(title.getAsString())) {
          return new ApprovalOutcome.Decided(button.decision);
        }
      }
    }
    return new ApprovalOutcome.Failed("the answer was not understood");
  }
}
