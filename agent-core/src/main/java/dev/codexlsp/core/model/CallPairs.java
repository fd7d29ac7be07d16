package dev.codexlsp.core.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Calls and their outputs, which a model's service accepts in pairs only.
public final class CallPairs {
  private static final String ABORTED = "aborted";

  private CallPairs() {}

  /// The history with an output behind each call that has none, and without outputs that no call
  /// before them asked for.
  public static List<ResponseItem> whole(List<ResponseItem> history) {
    Set<String> answered =
        history.stream()
            .filter(ResponseItem::isCallOutput)
            .map(output -> output.text("call_id"))
            .collect(Collectors.toSet());
    Set<String> asked = new HashSet<>();
    List<ResponseItem> whole = new ArrayList<>();
    for (ResponseItem item : history) {
      if (item.isCall()) {
        asked.add(item.text("call_id"));
        whole.add(item);
        if (!answered.contains(item.text("call_id"))) {
          whole.add(item.answered(ABORTED));
        }
      } else if (!item.isCallOutput() || asked.contains(item.text("call_id"))) {
        whole.add(item);
      }
    }
    return whole;
  }
}
