package dev.codexlsp.core.session;

import dev.codexlsp.core.approval.Answer;
import dev.codexlsp.core.approval.Approver;
import dev.codexlsp.core.approval.ServerRequest;
import dev.codexlsp.core.thread.ThreadEvent;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// Who hears of one thread: its subscribers of everything, every other connection of its coming,
/// going and status. A client that throws is skipped: it must hurt neither the others nor the turn.
/// Confined to the thread's owner.
final class Audience {
  private static final System.Logger LOG = System.getLogger(Audience.class.getName());

  private final Connections connections;
  private final Set<Subscriber> subscribers = new LinkedHashSet<>();

  Audience(Connections connections) {
    this.connections = connections;
  }

  void subscribe(Subscriber subscriber) {
    subscribers.add(subscriber);
  }

  void unsubscribe(Subscriber subscriber) {
    subscribers.remove(subscriber);
  }

  boolean isEmpty() {
    return subscribers.isEmpty();
  }

  void tell(ThreadEvent event) {
    for (Subscriber subscriber : subscribers) {
      tell(subscriber, event);
    }
  }

  void tellEverybody(ThreadEvent event) {
    Set<Subscriber> all = new LinkedHashSet<>(subscribers);
    all.addAll(connections.all());
    for (Subscriber subscriber : all) {
      tell(subscriber, event);
    }
  }

  void tell(SettingsUpdated settings) {
    for (Subscriber subscriber : subscribers) {
      try {
        subscriber.onSettings(settings);
      } catch (RuntimeException broken) {
        LOG.log(System.Logger.Level.ERROR, "a client could not be told of settings", broken);
      }
    }
  }

  private static void tell(Subscriber subscriber, ThreadEvent event) {
    try {
      subscriber.onEvent(event);
    } catch (RuntimeException broken) {
      String kind = event.getClass().getSimpleName();
      LOG.log(System.Logger.Level.ERROR, "a client could not be told of " + kind, broken);
    }
  }

  /// Empty when nobody could be asked.
  List<Approver.Question> ask(ServerRequest request, Consumer<Answer> answer) {
    List<Approver.Question> shown = new ArrayList<>();
    for (Subscriber subscriber : subscribers) {
      try {
        shown.add(subscriber.ask(request, answer));
      } catch (RuntimeException broken) {
        LOG.log(System.Logger.Level.ERROR, "a client could not be asked", broken);
      }
    }
    return shown;
  }
}
