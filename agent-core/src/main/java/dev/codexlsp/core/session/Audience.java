package dev.codexlsp.core.session;

import dev.codexlsp.core.approval.ApprovalOutcome;
import dev.codexlsp.core.approval.ApprovalRequest;
import dev.codexlsp.core.approval.Approver;
import dev.codexlsp.core.thread.ThreadEvent;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// Who hears of one thread: its subscribers of everything, every other connection of its coming,
/// going and status. Confined to the thread's owner.
final class Audience {
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
      subscriber.onEvent(event);
    }
  }

  void tellEverybody(ThreadEvent event) {
    Set<Subscriber> all = new LinkedHashSet<>(subscribers);
    all.addAll(connections.all());
    for (Subscriber subscriber : all) {
      subscriber.onEvent(event);
    }
  }

  List<Approver.Question> ask(ApprovalRequest request, Consumer<ApprovalOutcome> answer) {
    List<Approver.Question> shown = new ArrayList<>();
    for (Subscriber subscriber : subscribers) {
      shown.add(subscriber.ask(request, answer));
    }
    return shown;
  }
}
