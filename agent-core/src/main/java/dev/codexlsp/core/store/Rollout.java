package dev.codexlsp.core.store;

import com.google.gson.JsonObject;
import dev.codexlsp.core.model.ResponseItem;
import dev.codexlsp.core.thread.Item;
import dev.codexlsp.core.thread.TokenUsage;
import dev.codexlsp.core.thread.Turn;
import dev.codexlsp.core.thread.TurnId;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/// The rollout of one live thread, as its owner writes it.
///
/// The first turn creates the file and takes the thread's writer lock; both are kept until
/// [#close]. When a method returns, its lines are in the file. When one fails with a
/// [StoreException], the file still holds every earlier line, and the next call may succeed.
///
/// The order of a turn: [#turnStarted]; [#append] of the context messages that are new;
/// [#turnContext]; [#append] and [#itemCompleted] of the user's message; for what the model says,
/// [#itemCompleted] and then [#append]; [#append] of each call; [#tokenUsage] when the answer has
/// ended; [#append] of the calls' outputs; [#turnEnded]. It is the original's, which writes the
/// usage behind the outputs, though: it counts them in already.
///
/// Belongs to the thread's owner; nobody else calls it.
public final class Rollout implements AutoCloseable {
  private final Path codexHome;
  private final Path path;
  private final SessionMeta meta;
  private final Clock clock;
  private Standing standing;
  private @Nullable Writer writer;
  private @Nullable TurnId turnId;

  /// What is held from the first turn on.
  private record Writer(WriterLock lock, RolloutFile file) {}

  /// How far the file has come.
  ///
  /// @param size negative when there is none yet
  /// @param nextOrdinal the number of the next line; negative in a file without numbers, which is
  ///   the kind that we begin
  record Standing(long size, long nextOrdinal) {
    static final Standing NEW = new Standing(-1, -1);

    boolean isNumbered() {
      return nextOrdinal >= 0;
    }

    private Standing afterLine() {
      return isNumbered() ? new Standing(size, nextOrdinal + 1) : this;
    }
  }

  Rollout(Path codexHome, Path path, SessionMeta meta, Clock clock, Standing standing) {
    this.codexHome = codexHome;
    this.path = path;
    this.meta = meta;
    this.clock = clock;
    this.standing = standing;
  }

  /// Where the file is, or will be.
  public Path path() {
    return path;
  }

  /// The original's word for the kind of file.
  public String historyMode() {
    return standing.isNumbered() ? "paginated" : "legacy";
  }

  /// Begins a turn, and with the first one the file.
  ///
  /// @throws ThreadInUseException when somebody else writes the thread
  public void turnStarted(Turn turn, long modelContextWindow) {
    if (writer == null) {
      writer = open();
    }
    turnId = turn.id();
    write(new RolloutLine.TaskStarted(turn.id(), turn.startedAt(), modelContextWindow));
  }

  private Writer open() {
    WriterLock lock = WriterLock.acquire(codexHome, meta.id());
    try {
      return new Writer(
          lock, standing.size() < 0 ? create() : RolloutFile.reopen(path, standing.size()));
    } catch (StoreException e) {
      lock.close();
      throw e;
    }
  }

  private RolloutFile create() {
    RolloutFile file = RolloutFile.create(path);
    try {
      file.append(RolloutJson.line(clock.instant(), -1, meta));
      return file;
    } catch (StoreException e) {
      // Without its first line the file is of no use, and in the way of another try.
      file.discard();
      throw e;
    }
  }

  public void turnContext(TurnContext context) {
    write(context);
  }

  /// Adds to the model's history: messages, calls, outputs, exactly as they are sent and received.
  public void append(ResponseItem item) {
    write(new RolloutLine.History(item));
  }

  /// Puts another history in the place of all lines before. Readers that only know what a client
  /// was shown find a line for it too; in a numbered file that is the item's.
  public void compacted(Compacted compacted) {
    write(compacted);
    if (!standing.isNumbered()) {
      write(new RolloutLine.ContextCompacted());
    }
  }

  /// Notes what a client sees of a finished item. What tools do leaves no line: our kind of file
  /// knows it by the call and its output only.
  public void itemCompleted(Item item) {
    TurnId turn = running();
    if (standing.isNumbered()) {
      writeSpelled(turn, item);
      return;
    }
    switch (item) {
      case Item.UserMessage message -> write(UserMessageLine.of(message, new Blobs(codexHome)));
      case Item.AgentMessage message ->
          write(new RolloutLine.AgentMessage(message.text(), message.phase()));
      case Item.Reasoning reasoning -> {
        for (String part : reasoning.summary()) {
          write(new RolloutLine.AgentReasoning(part));
        }
      }
      case Item.Plan plan -> writeSpelled(turn, plan);
      case Item.EnteredReviewMode entered ->
          write(new RolloutLine.EnteredReviewMode(turn, entered));
      case Item.ExitedReviewMode exited -> write(new RolloutLine.ExitedReviewMode(turn, exited));
      case Item.CommandExecution _,
          Item.FileChange _,
          Item.DynamicToolCall _,
          Item.ImageView _,
          Item.ContextCompaction _ -> {}
    }
  }

  private void writeSpelled(TurnId turn, Item item) {
    JsonObject spelled = NumberedItem.of(item, new Blobs(codexHome));
    if (spelled != null) {
      write(new RolloutLine.ItemCompleted(meta.id(), turn, spelled, clock.millis()));
    }
  }

  private TurnId running() {
    if (turnId == null) {
      throw new IllegalStateException("no turn of thread " + meta.id() + " has been started");
    }
    return turnId;
  }

  public void tokenUsage(TokenUsage usage) {
    write(new RolloutLine.TokenCount(usage));
  }

  /// Ends a turn.
  ///
  /// @param lastAgentMessage the answer; null when there was none
  public void turnEnded(Turn turn, @Nullable String lastAgentMessage) {
    switch (turn.status()) {
      case COMPLETED, FAILED ->
          write(
              new RolloutLine.TaskComplete(
                  turn.id(),
                  lastAgentMessage,
                  turn.error(),
                  turn.startedAt(),
                  turn.completedAt(),
                  turn.durationMs()));
      case INTERRUPTED ->
          write(
              new RolloutLine.TurnAborted(
                  turn.id(), turn.startedAt(), turn.completedAt(), turn.durationMs()));
      case IN_PROGRESS ->
          throw new IllegalArgumentException("turn " + turn.id() + " has not ended");
    }
  }

  private void write(RolloutLine line) {
    if (writer == null) {
      throw new IllegalStateException("no turn of thread " + meta.id() + " has been started");
    }
    writer.file.append(RolloutJson.line(clock.instant(), standing.nextOrdinal(), line));
    standing = standing.afterLine();
  }

  /// Closes the file and lets others write the thread. May be repeated.
  @Override
  public void close() {
    Writer closing = writer;
    writer = null;
    if (closing != null) {
      try (WriterLock _ = closing.lock) {
        closing.file.close();
      }
    }
  }
}
