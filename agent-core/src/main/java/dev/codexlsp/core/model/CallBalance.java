package dev.codexlsp.core.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A history in which each call has one output and each output follows its call; the service
/// refuses any other. Pure.
public final class CallBalance {
  private static final String ABORTED = "aborted";

  private CallBalance() {}

  /// A call that nobody has answered gets an output that says so; an output without a call goes.
  public static List<ResponseItem> of(List<ResponseItem> items) {
    Map<String, Integer> lastOutputs = lastOutputs(items);
    Set<String> open = new HashSet<>();
    List<ResponseItem> balanced = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      ResponseItem item = items.get(i);
      String id = item.text("call_id");
      if (item.isCall()) {
        if (open.remove(id)) {
          // Some servers name calls alike: what comes later belongs to the later one.
          balanced.add(item.answered(ABORTED));
        }
        balanced.add(item);
        if (lastOutputs.getOrDefault(id, -1) > i) {
          open.add(id);
        } else {
          balanced.add(item.answered(ABORTED));
        }
      } else if (!item.isCallOutput() || open.remove(id)) {
        balanced.add(item);
      }
    }
    return balanced;
  }

  private static Map<String, Integer> lastOutputs(List<ResponseItem> items) {
    Map<String, Integer> positions = new HashMap<>();
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i).isCallOutput()) {
        positions.put(items.get(i).text("call_id"), i);
      }
    }
    return positions;
  }
}
