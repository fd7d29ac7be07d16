package dev.codexlsp.server.handler;

import dev.codexlsp.core.thread.CodexException;
import dev.codexlsp.core.thread.ReviewTarget;
import dev.codexlsp.core.thread.Turn;
import dev.codexlsp.server.protocol.ReviewStartParams;
import dev.codexlsp.server.protocol.ReviewStartResponse;
import dev.codexlsp.server.rpc.HandOff;
import java.util.concurrent.CompletableFuture;

/// `review/*`.
public final class ReviewHandlers {
  private final AgentSource agents;
  private final HandOff handOff;

  public ReviewHandlers(AgentSource agents, HandOff handOff) {
    this.agents = agents;
    this.handOff = handOff;
  }

  public CompletableFuture<ReviewStartResponse> start(ReviewStartParams params) {
    TurnHandlers.requireId(params.threadId());
    ReviewTarget target = stripped(params.target());
    CompletableFuture<ReviewStartResponse> answer = new CompletableFuture<>();
    FutureReply<Turn, ReviewStartResponse> reply =
        new FutureReply<>(answer, turn -> new ReviewStartResponse(turn, params.threadId()));
    handOff.post(() -> agents.codex().threads().startReview(params.threadId(), target, reply));
    return answer;
  }

  private static ReviewTarget stripped(ReviewTarget target) {
    return switch (target) {
      case ReviewTarget.UncommittedChanges changes -> changes;
      case ReviewTarget.BaseBranch(String branch) ->
          new ReviewTarget.BaseBranch(required("branch", branch));
      case ReviewTarget.Commit(String sha, var title) ->
          new ReviewTarget.Commit(
              required("sha", sha), title == null || title.isBlank() ? null : title.strip());
      case ReviewTarget.Custom(String instructions) ->
          new ReviewTarget.Custom(required("instructions", instructions));
    };
  }

  private static String required(String name, String value) {
    if (value.isBlank()) {
      throw new CodexException(name + " must not be empty");
    }
    return value.strip();
  }
}
