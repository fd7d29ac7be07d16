package dev.codexlsp.server.handler;

import dev.codexlsp.core.session.OpenedThread;
import dev.codexlsp.core.thread.CodexException;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.turn.ThreadOverrides;
import dev.codexlsp.server.lsp.ClientProfile;
import dev.codexlsp.server.protocol.ThreadSettingsUpdateParams;
import dev.codexlsp.server.protocol.ThreadSettingsUpdateResponse;
import dev.codexlsp.server.protocol.ThreadStartParams;
import dev.codexlsp.server.protocol.ThreadStartResponse;
import dev.codexlsp.server.rpc.HandOff;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// `thread/*`.
public final class ThreadHandlers {
  private final AgentSource agents;
  private final HandOff handOff;

  public ThreadHandlers(AgentSource agents, HandOff handOff) {
    this.agents = agents;
    this.handOff = handOff;
  }

  public CompletableFuture<ThreadStartResponse> start(ThreadStartParams params) {
    ClientSession session = agents.session();
    ThreadOverrides wishes = params.overrides(directory(params.folder(), session.profile()));
    CompletableFuture<ThreadStartResponse> answer = new CompletableFuture<>();
    handOff.post(() -> {
      agents.codex().threads().connections().add(session.notified());
      agents
          .codex()
          .startThread(
              wishes,
              params.tools(),
              session.identity(),
              session.notified(),
              new FutureReply<OpenedThread, ThreadStartResponse>(answer, ThreadStartResponse::of));
    });
    return answer;
  }

  public CompletableFuture<ThreadSettingsUpdateResponse> updateSettings(
      ThreadSettingsUpdateParams params) {
    TurnHandlers.requireId(params.threadId());
    ThreadOverrides wishes = params.overrides();
    CompletableFuture<ThreadSettingsUpdateResponse> answer = new CompletableFuture<>();
    FutureReply<ThreadId, ThreadSettingsUpdateResponse> reply =
        new FutureReply<>(answer, _ -> new ThreadSettingsUpdateResponse());
    handOff.post(() -> agents.codex().threads().updateSettings(params.threadId(), wishes, reply));
    return answer;
  }

  /// The directory asked for, else the workspace. Never a guess like `/` or the home folder:
  /// commands would run there.
  static Path directory(@Nullable Path wanted, ClientProfile client) {
    Path workspace =
        client.workspaceFolders().isEmpty() ? null : client.workspaceFolders().getFirst();
    if (wanted == null) {
      if (workspace == null) {
        throw new CodexException("no directory: pass `cwd` or open a workspace folder");
      }
      return workspace;
    }
    if (wanted.isAbsolute()) {
      return wanted.normalize();
    }
    if (workspace == null) {
      throw new CodexException("`cwd` must be absolute without a workspace folder: " + wanted);
    }
    return workspace.resolve(wanted).normalize();
  }
}
