package dev.codexlsp.core.tool;

import dev.codexlsp.core.thread.ItemId;
import dev.codexlsp.exec.ExecProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The commands of one thread that run, or have ended and were not asked about since. They outlive
/// the calls and turns that started them, and end with the thread. Any thread may call it.
public final class Terminals {
  /// The most that a thread keeps; one more ends the one that was left alone for longest.
  public static final int LIMIT = 64;

  private static final int FIRST_ID = 10_000;
  private static final int END_OF_IDS = 100_000;

  private final RandomGenerator random;
  private final Runnable onEnd;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock.
  private final Map<String, Entry> entries = new HashMap<>();
  private int followed;
  private long uses;
  private boolean isClosed;

  /// @param onEnd called when a command has ended and all of it has been told; leads to [#ended]
  ///   once that has been heard
  public Terminals(RandomGenerator random, Runnable onEnd) {
    this.random = random;
    this.onEnd = onEnd;
  }

  private static final class Entry {
    final RunningCommand command;

    /// Whether the model has been told its id, so that it may come back.
    boolean isHandedOut;

    long lastUse;

    Entry(RunningCommand command) {
      this.command = command;
    }
  }

  /// A command that outlived its call.
  public record Background(ItemId itemId, String processId, String command, Path cwd) {}

  /// Takes a process in that has just been started and follows it on a thread of its own.
  RunningCommand begin(ExecProcess process, CommandItem item) {
    @Nullable RunningCommand surplus = null;
    RunningCommand command;
    boolean isTooLate;
    lock.lock();
    try {
      isTooLate = isClosed;
      followed++;
      if (entries.size() >= LIMIT) {
        surplus = leastUsed();
      }
      command = new RunningCommand(freshId(), process, item);
      Entry entry = new Entry(command);
      entry.lastUse = uses++;
      entries.put(command.id(), entry);
    } finally {
      lock.unlock();
    }
    Thread.ofVirtual().name("command-" + command.id()).start(() -> follow(command));
    if (surplus != null) {
      surplus.terminate();
    }
    if (isTooLate) {
      command.terminate();
    }
    return command;
  }

  /// Five digits, as clients of the original know them: any, or the next one that is free. Called
  /// with the lock held.
  private String freshId() {
    int id = random.nextInt(FIRST_ID, END_OF_IDS);
    while (entries.containsKey(String.valueOf(id))) {
      id = id + 1 == END_OF_IDS ? FIRST_ID : id + 1;
    }
    return String.valueOf(id);
  }

  private void follow(RunningCommand command) {
    try {
      command.follow();
    } finally {
      onEnd.run();
    }
  }

  /// The last words of a command have been heard.
  public void ended() {
    lock.lock();
    try {
      followed--;
    } finally {
      lock.unlock();
    }
  }

  /// Removes the entry that nobody will miss first: one that has ended, else the one unused for
  /// longest. Called with the lock held.
  private RunningCommand leastUsed() {
    Entry least =
        entries.values().stream()
            .min(
                Comparator.comparing((Entry entry) -> !entry.command.isDone())
                    .thenComparingLong(entry -> entry.lastUse))
            .orElseThrow();
    entries.remove(least.command.id());
    return least.command;
  }

  @Nullable RunningCommand find(String id) {
    lock.lock();
    try {
      Entry entry = entries.get(id);
      if (entry == null) {
        return null;
      }
      entry.lastUse = uses++;
      return entry.command;
    } finally {
      lock.unlock();
    }
  }

  /// The model knows of the command now and may come back to it.
  void handOut(RunningCommand command) {
    lock.lock();
    try {
      Entry entry = entries.get(command.id());
      if (entry != null) {
        entry.isHandedOut = true;
      }
    } finally {
      lock.unlock();
    }
  }

  /// Nobody will ask about the command again.
  void forget(RunningCommand command) {
    lock.lock();
    try {
      entries.remove(command.id());
    } finally {
      lock.unlock();
    }
  }

  /// What runs although its call has ended, in the order of the ids.
  public List<Background> background() {
    List<Background> running = new ArrayList<>();
    for (RunningCommand command : handedOut()) {
      if (!command.isDone()) {
        running.add(command.background());
      }
    }
    return running;
  }

  private List<RunningCommand> handedOut() {
    lock.lock();
    try {
      return entries.values().stream()
          .filter(entry -> entry.isHandedOut)
          .map(entry -> entry.command)
          .sorted(Comparator.comparing(RunningCommand::id))
          .toList();
    } finally {
      lock.unlock();
    }
  }

  /// Ends one of them; false when there is none of that id that runs.
  public boolean terminate(String processId) {
    RunningCommand command = find(processId);
    if (command == null || command.isDone()) {
      return false;
    }
    command.terminate();
    return true;
  }

  /// Ends all that outlived their calls.
  public void clean() {
    handedOut().forEach(RunningCommand::terminate);
  }

  /// Ends everything, also what is started from now on. Returns at once.
  public void close() {
    List<RunningCommand> all;
    lock.lock();
    try {
      isClosed = true;
      all = entries.values().stream().map(entry -> entry.command).toList();
    } finally {
      lock.unlock();
    }
    all.forEach(RunningCommand::terminate);
  }

  /// Whether nothing runs, and whatever ran has been heard to its end.
  public boolean isIdle() {
    lock.lock();
    try {
      return followed == 0;
    } finally {
      lock.unlock();
    }
  }
}
