package dev.codexlsp.core.turn;

import dev.codexlsp.core.approval.Answer;
import dev.codexlsp.core.approval.ServerRequest;
import dev.codexlsp.core.approval.SessionKey;
import dev.codexlsp.core.model.ResponseItem;
import dev.codexlsp.core.store.Compacted;
import dev.codexlsp.core.store.TurnContext;
import dev.codexlsp.core.thread.Item;
import dev.codexlsp.core.thread.ItemId;
import dev.codexlsp.core.thread.ThreadEvent;
import dev.codexlsp.core.thread.TokenUsage;
import dev.codexlsp.core.tool.TurnIo;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The line of a turn that plans: what its messages hold between the tags of a plan is shown as a
/// plan, the rest as the message, if there is a rest. The history keeps the message as it came.
///
/// The model's messages are told by the turn's thread alone, so their state needs no guard.
final class PlanIo implements TurnIo {
  private final TurnIo io;
  private final Clock clock;
  private final Map<ItemId, Message> open = new HashMap<>();
  private int plans;

  /// A message that is being told.
  private static final class Message {
    private final Item.AgentMessage first;
    private final PlanSplitter splitter = new PlanSplitter();

    /// Blanks before the first word; a message of nothing else is none.
    private String blanks = "";

    private boolean isShown;
    private @Nullable ItemId plan;
    private boolean isPlanDone;

    Message(Item.AgentMessage first) {
      this.first = first;
    }
  }

  PlanIo(TurnIo io, Clock clock) {
    this.io = io;
    this.clock = clock;
  }

  @Override
  public void emit(ThreadEvent event) throws InterruptedException {
    if (event instanceof ThreadEvent.AgentMessageDelta delta) {
      tell(delta);
    } else if (event instanceof ThreadEvent.ItemStarted started
        && started.item() instanceof Item.AgentMessage message) {
      open.put(message.id(), new Message(message));
    } else if (event instanceof ThreadEvent.ItemCompleted completed
        && completed.item() instanceof Item.AgentMessage message) {
      complete(message, completed);
    } else {
      io.emit(event);
    }
  }

  private void tell(ThreadEvent.AgentMessageDelta delta) throws InterruptedException {
    Message message = open.get(delta.itemId());
    if (message != null) {
      for (PlanSplitter.Piece piece : message.splitter.feed(delta.delta())) {
        tell(piece, message, delta);
      }
    }
  }

  private void tell(PlanSplitter.Piece piece, Message message, ThreadEvent.AgentMessageDelta delta)
      throws InterruptedException {
    if (piece.isPlan()) {
      ItemId plan = startPlan(message, delta);
      io.emit(new ThreadEvent.PlanDelta(delta.threadId(), delta.turnId(), plan, piece.text()));
      return;
    }
    String words = message.blanks + piece.text();
    if (!message.isShown && words.isBlank()) {
      message.blanks = words;
      return;
    }
    message.blanks = "";
    startMessage(message, delta);
    io.emit(
        new ThreadEvent.AgentMessageDelta(delta.threadId(), delta.turnId(), delta.itemId(), words));
  }

  /// Called again when an interrupt has kept some of it from being told.
  private void complete(Item.AgentMessage whole, ThreadEvent.ItemCompleted completed)
      throws InterruptedException {
    Message message = open.computeIfAbsent(whole.id(), _ -> new Message(whole));
    ThreadEvent.AgentMessageDelta place =
        new ThreadEvent.AgentMessageDelta(completed.threadId(), completed.turnId(), whole.id(), "");
    String plan = text(whole, true);
    String words = text(whole, false);
    if (!message.isPlanDone && (!plan.isEmpty() || message.plan != null)) {
      done(new Item.Plan(startPlan(message, place), plan), completed);
      message.isPlanDone = true;
    }
    if (!words.isBlank() || message.isShown) {
      startMessage(message, place);
      done(new Item.AgentMessage(whole.id(), words, whole.phase()), completed);
    }
    open.remove(whole.id());
  }

  private void done(Item item, ThreadEvent.ItemCompleted at) throws InterruptedException {
    io.emit(new ThreadEvent.ItemCompleted(at.threadId(), at.turnId(), item, at.completedAtMs()));
  }

  private static String text(Item.AgentMessage message, boolean isPlan) {
    return PlanSplitter.split(message.text()).stream()
        .filter(piece -> piece.isPlan() == isPlan)
        .map(PlanSplitter.Piece::text)
        .collect(Collectors.joining());
  }

  private ItemId startPlan(Message message, ThreadEvent.AgentMessageDelta place)
      throws InterruptedException {
    ItemId plan = message.plan;
    if (plan == null) {
      plan = new ItemId(place.turnId() + "-plan" + (plans == 0 ? "" : "-" + (plans + 1)));
      start(new Item.Plan(plan, ""), place);
      plans++;
      message.plan = plan;
    }
    return plan;
  }

  private void startMessage(Message message, ThreadEvent.AgentMessageDelta place)
      throws InterruptedException {
    if (!message.isShown) {
      start(new Item.AgentMessage(message.first.id(), "", message.first.phase()), place);
      message.isShown = true;
    }
  }

  private void start(Item item, ThreadEvent.AgentMessageDelta place) throws InterruptedException {
    io.emit(new ThreadEvent.ItemStarted(place.threadId(), place.turnId(), item, clock.millis()));
  }

  @Override
  public void remember(ResponseItem item) {
    io.remember(item);
  }

  @Override
  public void settled(TurnContext context) throws InterruptedException {
    io.settled(context);
  }

  @Override
  public void usage(TokenUsage.Breakdown last) throws InterruptedException {
    io.usage(last);
  }

  @Override
  public void compacted(Compacted compacted, long tokens) {
    io.compacted(compacted, tokens);
  }

  @Override
  public Answer ask(ServerRequest request, Set<SessionKey> keys) throws InterruptedException {
    return io.ask(request, keys);
  }
}
