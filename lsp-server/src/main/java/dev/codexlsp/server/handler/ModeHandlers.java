package dev.codexlsp.server.handler;

import dev.codexlsp.core.thread.CollaborationMode;
import dev.codexlsp.server.protocol.CollaborationModeListParams;
import dev.codexlsp.server.protocol.CollaborationModeListResponse;
import dev.codexlsp.server.protocol.CollaborationModeListResponse.Preset;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// `collaborationMode/*`.
public final class ModeHandlers {
  private static final CollaborationModeListResponse ALL =
      new CollaborationModeListResponse(
          List.of(
              new Preset("Plan", CollaborationMode.PLAN, null, "medium"),
              new Preset("Default", CollaborationMode.DEFAULT, null, null)));

  public CompletableFuture<CollaborationModeListResponse> list(CollaborationModeListParams params) {
    return CompletableFuture.completedFuture(ALL);
  }
}
