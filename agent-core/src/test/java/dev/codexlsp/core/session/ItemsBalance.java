package dev.codexlsp.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.core.thread.ItemId;
import dev.codexlsp.core.thread.ThreadEvent;
import java.util.ArrayList;
import java.util.List;

/// What holds for every turn, however it ends: an item is started once, then completed once.
public final class ItemsBalance {
  private ItemsBalance() {}

  public static void check(List<ThreadEvent> events) {
    List<ItemId> open = new ArrayList<>();
    List<ItemId> started = new ArrayList<>();
    for (ThreadEvent event : events) {
      if (event instanceof ThreadEvent.ItemStarted item) {
        open.add(item.item().id());
        started.add(item.item().id());
      } else if (event instanceof ThreadEvent.ItemCompleted item) {
        assertThat(open.remove(item.item().id())).as("%s was open", item).isTrue();
      }
    }
    assertThat(open).as("left open").isEmpty();
    assertThat(started).doesNotHaveDuplicates();
  }
}
