package dev.codexlsp.core.tool;

import dev.codexlsp.core.config.Config;
import dev.codexlsp.core.config.ConfigException;
import dev.codexlsp.core.config.EnvironmentsConfig;
import dev.codexlsp.core.config.EnvironmentsLoader;
import dev.codexlsp.exec.ExecBackend;
import dev.codexlsp.exec.remote.RemotePlace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The places where commands can run, and the owner of what it takes to reach them.
///
/// They are read from the configuration once, when somebody first needs one, and each backend is
/// made once, when somebody first needs it: what runs in a place must not be lost because a file
/// was edited. A place that cannot be reached is never replaced by another one.
///
/// Any thread may call it.
public final class Environments implements AutoCloseable {
  private final ExecEnvironment.Local local;
  private final EnvironmentsLoader loader;
  private final Function<RemotePlace, ExecBackend> connections;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock.
  private @Nullable EnvironmentsConfig known;
  private final Map<String, ExecEnvironment> remotes = new HashMap<>();
  private boolean isClosed;

  /// @param connections makes a backend without connecting yet
  public Environments(
      ExecEnvironment.Local local,
      EnvironmentsLoader loader,
      Function<RemotePlace, ExecBackend> connections) {
    this.local = local;
    this.loader = loader;
    this.connections = connections;
  }

  /// Whether commands can be sent to a place of this name, or nowhere.
  ///
  /// @param config what holds besides the configuration of the places themselves
  public boolean knows(String id, Config config) throws ConfigException {
    lock.lock();
    try {
      return id.equals(EnvironmentsConfig.NONE) || known(config).knows(id);
    } finally {
      lock.unlock();
    }
  }

  /// The place of the name; null when commands shall run nowhere.
  ///
  /// @param id null for the default
  public @Nullable ExecEnvironment find(@Nullable String id, Config config) throws ConfigException {
    lock.lock();
    try {
      EnvironmentsConfig places = known(config);
      String wanted = id == null ? places.defaultId() : id;
      if (wanted == null || wanted.equals(EnvironmentsConfig.NONE) || !places.knows(wanted)) {
        return null;
      }
      return wanted.equals(EnvironmentsConfig.LOCAL) ? local : remote(wanted, places);
    } finally {
      lock.unlock();
    }
  }

  private EnvironmentsConfig known(Config config) throws ConfigException {
    if (known == null) {
      known = loader.load(config);
    }
    return known;
  }

  private @Nullable ExecEnvironment remote(String id, EnvironmentsConfig places) {
    RemotePlace place = places.remotes().get(id);
    if (isClosed || place == null) {
      return null;
    }
    return remotes.computeIfAbsent(
        id, name -> new ExecEnvironment.Remote(name, connections.apply(place)));
  }

  /// Ends every command everywhere. The places are closed at the same time, so that all of them
  /// take no longer than one.
  @Override
  public void close() {
    List<ExecEnvironment> all = new ArrayList<>();
    lock.lock();
    try {
      isClosed = true;
      all.addAll(remotes.values());
    } finally {
      lock.unlock();
    }
    all.add(local);
    List<Thread> closing =
        all.stream()
            .map(environment ->
                Thread.ofVirtual()
                    .name("close-" + environment.id())
                    .start(environment.backend()::close))
            .toList();
    try {
      for (Thread thread : closing) {
        thread.join();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
