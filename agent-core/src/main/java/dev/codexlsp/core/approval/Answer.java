package dev.codexlsp.core.approval;

import dev.codexlsp.core.thread.ToolContent;
import java.util.List;
import java.util.Map;

/// What came back from a [ServerRequest].
public sealed interface Answer {

  /// To an [ApprovalRequest].
  record Decided(Decision decision) implements Answer {}

  /// To a [PermissionsRequest].
  ///
  /// @param permissions perhaps less than was asked for
  record Granted(PermissionGrant permissions, PermissionsRequest.Scope scope) implements Answer {}

  /// To a [UserInputRequest].
  ///
  /// @param answers by the id of the question
  record Chosen(Map<String, List<String>> answers) implements Answer {
    public Chosen {
      answers = Map.copyOf(answers);
    }
  }

  /// To a [DynamicToolRequest].
  record Returned(List<ToolContent> contentItems, boolean success) implements Answer {
    public Returned {
      contentItems = List.copyOf(contentItems);
    }
  }

  /// Somebody who was asked in the user's place says no.
  record Rejected(String reason) implements Answer {}

  /// Nobody could be asked, or the answer made no sense. It counts as a refusal, and the model
  /// hears why.
  record Failed(String reason) implements Answer {}
}
