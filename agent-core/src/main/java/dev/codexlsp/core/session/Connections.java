package dev.codexlsp.core.session;

import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;

/// Everybody who is connected, whichever threads they follow. Written when a client comes or goes,
/// read by every owner, from any thread.
public final class Connections {
  private final Set<Subscriber> all = new CopyOnWriteArraySet<>();

  public void add(Subscriber subscriber) {
    all.add(subscriber);
  }

  public void remove(Subscriber subscriber) {
    all.remove(subscriber);
  }

  Set<Subscriber> all() {
    return all;
  }
}
