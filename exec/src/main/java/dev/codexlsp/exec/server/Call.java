package dev.codexlsp.exec.server;

import java.util.ArrayList;
import java.util.List;

/// One request while it is handled. Confined to the thread that handles it.
final class Call {
  private final ExecConnection connection;
  private final List<Runnable> afterwards = new ArrayList<>();
  private int weight;

  Call(ExecConnection connection) {
    this.connection = connection;
  }

  ExecConnection connection() {
    return connection;
  }

  /// The session that the request belongs to.
  Session session() throws Refused {
    return connection.session();
  }

  /// Lets later requests of the connection go first, because this one is about to wait for
  /// something that may take long; to be called once. Too many that wait hold the others up after
  /// all.
  ///
  /// @param cost how many requests of the usual size it is worth
  void stepAside(int cost) {
    weight = connection.replaceWorker(cost);
  }

  /// How much it weighs among those that have stepped aside; 0 when it has not.
  int weight() {
    return weight;
  }

  /// Something that must not happen before the answer is on its way. It happens as well when there
  /// is nobody any more to be answered; it must not wait.
  void afterAnswer(Runnable action) {
    afterwards.add(action);
  }

  void answered() {
    afterwards.forEach(Runnable::run);
  }
}
