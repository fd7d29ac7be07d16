package dev.codexlsp.exec.remote;

import dev.codexlsp.exec.TerminalSize;
import dev.codexlsp.exec.protocol.ExecMethods;
import dev.codexlsp.exec.protocol.ProcessResize;
import dev.codexlsp.exec.protocol.ProcessSignal;
import dev.codexlsp.exec.protocol.ProcessTerminate;
import dev.codexlsp.exec.remote.Session.Again;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What is wanted of a process by people who do not wait for it: asked in their order, one after
/// the other, by a thread that is there while there is something to ask. Of each kind the last one
/// counts, so there are never many.
///
/// Any thread may call it.
final class Wishes {
  private final String id;
  private final Session session;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock.
  private final Deque<Wish> wishes = new ArrayDeque<>();
  private boolean isAsking;

  private sealed interface Wish {
    record Resize(TerminalSize size) implements Wish {}

    record Interrupt() implements Wish {}

    record Terminate() implements Wish {}
  }

  Wishes(String id, Session session) {
    this.id = id;
    this.session = session;
  }

  void resize(TerminalSize size) {
    add(new Wish.Resize(size));
  }

  void interrupt() {
    add(new Wish.Interrupt());
  }

  void terminate() {
    add(new Wish.Terminate());
  }

  private void add(Wish wish) {
    lock.lock();
    try {
      wishes.removeIf(earlier -> earlier.getClass().equals(wish.getClass()));
      wishes.addLast(wish);
      if (!isAsking) {
        isAsking = true;
        Thread.ofVirtual().name("exec-ask-" + id).start(this::askAll);
      }
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Wish next() {
    lock.lock();
    try {
      isAsking = !wishes.isEmpty();
      return wishes.poll();
    } finally {
      lock.unlock();
    }
  }

  private void askAll() {
    try {
      for (Wish wish = next(); wish != null; wish = next()) {
        ask(wish);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// An interrupt is not repeated: it is meant for what runs now.
  private void ask(Wish wish) throws InterruptedException {
    switch (wish) {
      case Wish.Resize(TerminalSize size) ->
          session.request(
              ExecMethods.PROCESS_RESIZE,
              new ProcessResize(id, size.rows(), size.columns()),
              Again.YES);
      case Wish.Interrupt() ->
          session.request(
              ExecMethods.PROCESS_SIGNAL,
              new ProcessSignal(id, ProcessSignal.Signal.INTERRUPT),
              Again.NO);
      case Wish.Terminate() ->
          session.request(ExecMethods.PROCESS_TERMINATE, new ProcessTerminate(id), Again.YES);
    }
  }
}
