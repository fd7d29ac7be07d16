package dev.codexlsp.server.handler;

import dev.codexlsp.core.Codex;
import dev.codexlsp.server.protocol.SkillsExtraRootsParams;
import dev.codexlsp.server.protocol.SkillsExtraRootsResponse;
import dev.codexlsp.server.protocol.SkillsListParams;
import dev.codexlsp.server.protocol.SkillsListResponse;
import dev.codexlsp.server.rpc.HandOff;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// `skills/*`.
public final class SkillHandlers {
  private final AgentSource agents;
  private final HandOff handOff;

  public SkillHandlers(AgentSource agents, HandOff handOff) {
    this.agents = agents;
    this.handOff = handOff;
  }

  /// At once, so that what the same client asks next is answered with them.
  public CompletableFuture<SkillsExtraRootsResponse> setExtraRoots(SkillsExtraRootsParams params) {
    agents.codex().lookForSkillsIn(params.extraRoots());
    return CompletableFuture.completedFuture(new SkillsExtraRootsResponse());
  }

  public CompletableFuture<SkillsListResponse> list(SkillsListParams params) {
    ClientSession session = agents.session();
    List<Path> wanted = params.cwds();
    List<Path> folders =
        wanted == null || wanted.isEmpty()
            ? session.profile().workspaceFolders()
            : wanted.stream()
                .map(folder -> ThreadHandlers.directory(folder, session.profile()))
                .toList();
    Codex codex = agents.codex();
    return Aside.answer(
        "skills",
        handOff,
        () ->
            new SkillsListResponse(
                folders.stream()
                    .map(folder -> SkillsListResponse.Entry.of(folder, codex.skills(folder)))
                    .toList()));
  }
}
