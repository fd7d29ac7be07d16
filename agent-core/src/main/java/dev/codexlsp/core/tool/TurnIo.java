package dev.codexlsp.core.tool;

import dev.codexlsp.core.approval.Answer;
import dev.codexlsp.core.approval.ServerRequest;
import dev.codexlsp.core.approval.SessionKey;
import dev.codexlsp.core.model.ResponseItem;
import dev.codexlsp.core.store.Compacted;
import dev.codexlsp.core.store.TurnContext;
import dev.codexlsp.core.thread.ThreadEvent;
import dev.codexlsp.core.thread.TokenUsage;
import java.util.Set;

/// How a running turn speaks to the owner of its thread. Calls come from the turn's thread and from
/// those of its tool calls; what one thread says arrives in its order. Each waits for a credit when
/// the owner is far behind, which is how a slow client slows its turn.
public interface TurnIo {

  /// Something that subscribers shall see. The completion of an item and what the user has said are
  /// told even when the turn has been interrupted, and the interrupt stays pending: what was
  /// started must not stay open, and no word must get lost.
  void emit(ThreadEvent event) throws InterruptedException;

  /// An item that belongs to the model's history from now on. It is kept even when the turn has
  /// been interrupted, and the interrupt stays pending: a call must not lose its output.
  void remember(ResponseItem item);

  /// The settings the turn runs with, once its context messages are remembered.
  void settled(TurnContext context) throws InterruptedException;

  /// What one model response cost.
  void usage(TokenUsage.Breakdown last) throws InterruptedException;

  /// The history as it is from now on. Kept like [#remember].
  ///
  /// @param tokens what it is likely to cost
  void compacted(Compacted compacted, long tokens);

  /// Puts a question to the subscribers and waits for the answer, for as long as it takes.
  ///
  /// @param keys what an acceptance for the session will cover
  Answer ask(ServerRequest request, Set<SessionKey> keys) throws InterruptedException;
}
