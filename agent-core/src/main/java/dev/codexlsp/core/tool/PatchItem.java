package dev.codexlsp.core.tool;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.codexlsp.core.approval.ApprovalRequest;
import dev.codexlsp.core.approval.PlannedAction;
import dev.codexlsp.core.patch.FileChange;
import dev.codexlsp.core.thread.FileUpdateChange;
import dev.codexlsp.core.thread.FileUpdateChange.PatchChangeKind;
import dev.codexlsp.core.thread.Item;
import dev.codexlsp.core.thread.Item.PatchStatus;
import dev.codexlsp.core.thread.ItemId;
import dev.codexlsp.core.thread.RawJson;
import dev.codexlsp.core.thread.ReviewedAction;
import dev.codexlsp.core.thread.ThreadEvent;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The visible life of one patch. Confined to the thread of its call.
final class PatchItem {
  private final ItemId id;
  private final List<FileUpdateChange> changes;
  private final TurnScope turn;
  private final Clock clock;
  private long startedAtMs;

  PatchItem(ItemId id, List<FileChange> changes, TurnScope turn, Clock clock) {
    this.id = id;
    this.changes = changes.stream().map(PatchItem::shown).toList();
    this.turn = turn;
    this.clock = clock;
  }

  private static FileUpdateChange shown(FileChange change) {
    PatchChangeKind kind =
        switch (change) {
          case FileChange.Added _ -> new PatchChangeKind.Add();
          case FileChange.Deleted _ -> new PatchChangeKind.Delete();
          case FileChange.Updated updated ->
              new PatchChangeKind.Update(updated.move() == null ? null : updated.move().target());
        };
    return new FileUpdateChange(change.path(), kind, change.diff());
  }

  void started() throws InterruptedException {
    startedAtMs = clock.millis();
    turn.io()
        .emit(
            new ThreadEvent.ItemStarted(
                turn.threadId(), turn.turnId(), item(PatchStatus.IN_PROGRESS), startedAtMs));
  }

  ApprovalRequest.FileChange approval(@Nullable String reason) {
    return new ApprovalRequest.FileChange(
        turn.threadId(), turn.turnId(), id, startedAtMs, reason, null);
  }

  PlannedAction planned(@Nullable String reason, Path directory) {
    JsonObject detail = new JsonObject();
    detail.addProperty("tool", "apply_patch");
    detail.addProperty("cwd", directory.toString());
    detail.addProperty("asked_because", reason);
    JsonArray files = new JsonArray();
    for (FileUpdateChange change : changes) {
      JsonObject file = new JsonObject();
      file.addProperty("path", change.path().toString());
      file.addProperty("change", change.kind().toString());
      file.addProperty("diff", change.diff());
      files.add(file);
    }
    detail.add("files", files);
    return new PlannedAction(
        new ReviewedAction.ApplyPatch(
            directory, changes.stream().map(FileUpdateChange::path).toList()),
        new RawJson(detail.toString()));
  }

  void completed(PatchStatus status) throws InterruptedException {
    turn.io()
        .emit(
            new ThreadEvent.ItemCompleted(
                turn.threadId(), turn.turnId(), item(status), clock.millis()));
  }

  private Item item(PatchStatus status) {
    return new Item.FileChange(id, changes, status);
  }
}
