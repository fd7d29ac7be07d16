package dev.codexlsp.server.protocol;

import dev.codexlsp.core.tool.Terminals;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A page of commands, in the order of their process ids.
///
/// @param nextCursor for the next page; null on the last one
public record TerminalsListResponse(List<BackgroundTerminal> data, @Nullable String nextCursor) {
  public TerminalsListResponse {
    data = List.copyOf(data);
  }

  /// The page that is asked for. Its cursor is the last process id of the page before, so that
  /// commands which end meanwhile shift nothing.
  public static TerminalsListResponse page(
      List<Terminals.Background> all, TerminalsListParams params) {
    String after = params.cursor();
    List<BackgroundTerminal> left =
        all.stream()
            .filter(command -> after == null || command.processId().compareTo(after) > 0)
            .map(BackgroundTerminal::of)
            .toList();
    Integer limit = params.limit();
    int size = limit == null ? left.size() : Math.max(1, limit);
    if (left.size() <= size) {
      return new TerminalsListResponse(left, null);
    }
    List<BackgroundTerminal> page = left.subList(0, size);
    return new TerminalsListResponse(page, page.getLast().processId());
  }
}
