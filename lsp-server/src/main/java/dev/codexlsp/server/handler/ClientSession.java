package dev.codexlsp.server.handler;

import dev.codexlsp.core.Codex;
import dev.codexlsp.core.session.ClientIdentity;
import dev.codexlsp.core.session.ThreadRegistry;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.thread.TurnId;
import dev.codexlsp.server.client.ApprovalPrompter;
import dev.codexlsp.server.client.Follower;
import dev.codexlsp.server.client.TurnProgress;
import dev.codexlsp.server.lsp.ClientProfile;
import dev.codexlsp.server.lsp.ServerFacts;
import dev.codexlsp.server.rpc.ClientEndpoint;

/// One client after its `initialize`: who it is, and how it follows threads. Immutable.
public record ClientSession(
    ClientProfile profile,
    ClientIdentity identity,
    TurnProgress progress,
    Follower notified,
    Follower messaged,
    ThreadRegistry threads) {

  public static ClientSession of(
      ClientProfile profile, ServerFacts facts, ClientEndpoint client, Codex codex) {
    TurnProgress progress =
        new TurnProgress(client, profile, (thread, turn) -> interruptQuietly(codex, thread, turn));
    ApprovalPrompter prompter = new ApprovalPrompter(client, profile);
    return new ClientSession(
        profile,
        new ClientIdentity(facts.originator(profile), "vscode", facts.userAgent(profile)),
        progress,
        Follower.withNotifications(client, profile, progress, prompter),
        Follower.withMessages(client, progress, prompter),
        codex.threads());
  }

  /// The client has gone: nobody is left to hear it, nor to answer for it.
  void leave() {
    threads.disconnect(notified);
    threads.disconnect(messaged);
  }

  /// A cancel that comes too late has nothing to cancel, and nobody waits for its answer.
  private static void interruptQuietly(Codex codex, ThreadId thread, TurnId turn) {
    codex.threads().interruptTurn(thread, turn, new UnheardReply<>());
  }
}
