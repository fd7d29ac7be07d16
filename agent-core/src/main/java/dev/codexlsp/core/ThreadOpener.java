package dev.codexlsp.core;

import dev.codexlsp.core.config.Config;
import dev.codexlsp.core.config.ConfigException;
import dev.codexlsp.core.session.ClientIdentity;
import dev.codexlsp.core.session.OpenedThread;
import dev.codexlsp.core.session.Subscriber;
import dev.codexlsp.core.session.ThreadRegistry;
import dev.codexlsp.core.session.ThreadState;
import dev.codexlsp.core.session.TurnLauncher;
import dev.codexlsp.core.store.Rollout;
import dev.codexlsp.core.store.SessionMeta;
import dev.codexlsp.core.store.StoreException;
import dev.codexlsp.core.store.StoredThread;
import dev.codexlsp.core.thread.CodexException;
import dev.codexlsp.core.thread.DynamicToolSpec;
import dev.codexlsp.core.thread.Reply;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.tool.ExecEnvironment;
import dev.codexlsp.core.turn.Instructions;
import dev.codexlsp.core.turn.ThreadOverrides;
import dev.codexlsp.core.turn.TurnRunner;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Opens threads, new ones and stored ones: reads the configuration, settles what is fixed for the
/// thread, and hands its state to the registry, whose actor owns it from then on.
///
/// Every opening has a virtual thread of its own, because it reads the disk and may reach another
/// machine. Nothing is kept in here between two of them.
final class ThreadOpener {
  private static final System.Logger LOG = System.getLogger(ThreadOpener.class.getName());

  private final TurnRunner.Surroundings world;
  private final RandomGenerator random;
  private final TurnRunner runner;
  private final ThreadRegistry threads;

  /// Who opens a thread.
  record Caller(ClientIdentity client, Subscriber subscriber, Reply<OpenedThread> reply) {}

  /// @param world the one its turns will run in
  ThreadOpener(
      TurnRunner.Surroundings world,
      RandomGenerator random,
      TurnRunner runner,
      ThreadRegistry threads) {
    this.world = world;
    this.random = random;
    this.runner = runner;
    this.threads = threads;
  }

  /// Begins a thread.
  void start(ThreadOverrides wishes, List<DynamicToolSpec> dynamicTools, Caller caller) {
    ThreadId id = new ThreadId(world.ids().get());
    open(
        "thread " + id,
        wishes,
        caller,
        opening -> newThread(id, opening, dynamicTools, caller.client()));
  }

  /// Goes on with a stored thread.
  ///
  /// @param id null for the one that was begun last in the directory
  void resume(@Nullable ThreadId id, ThreadOverrides wishes, Caller caller) {
    open(
        id == null ? "the latest thread" : "thread " + id,
        wishes,
        caller,
        opening ->
            storedThread(
                id == null ? world.store().readLatest(opening.cwd()) : world.store().read(id),
                opening));
  }

  /// Makes the state of a thread that is being opened.
  private interface Maker {
    ThreadState make(Opening opening);
  }

  private void open(String what, ThreadOverrides wishes, Caller caller, Maker maker) {
    Reply<OpenedThread> reply = caller.reply();
    Thread.ofVirtual()
        .name("open " + what)
        .start(() -> {
          try {
            CodexException objection = runner.objection(wishes);
            if (objection != null) {
              reply.refuse(objection);
              return;
            }
            ThreadState state = maker.make(opening(wishes));
            TurnLauncher launcher =
                new TurnLauncher(runner, world.clock(), world.ids(), random, caller.client());
            threads.open(state, launcher, caller.subscriber(), reply);
          } catch (StoreException unreadable) {
            reply.refuse(new CodexException(String.valueOf(unreadable.getMessage())));
          } catch (RuntimeException | Error bug) {
            LOG.log(Level.ERROR, what + " could not be opened", bug);
            reply.refuse(new CodexException("the thread could not be opened: internal error"));
          }
        });
  }

  private Opening opening(ThreadOverrides wishes) {
    try {
      Config config = world.configs().load(wishes.cwd(), wishes.config());
      ThreadOverrides pinned = wishes.pinnedTo(config);
      return new Opening(
          pinned.with(Instructions.settled(pinned, config, world.prompts().catalogs())), config);
    } catch (ConfigException broken) {
      // The loader has told the log and the client, and the first turn will.
      return new Opening(wishes, world.configs().defaults());
    }
  }

  private ThreadState newThread(
      ThreadId id, Opening opening, List<DynamicToolSpec> dynamicTools, ClientIdentity client) {
    SessionMeta meta =
        new SessionMeta(
            id,
            world.clock().instant(),
            opening.cwd(),
            client.originator(),
            world.version(),
            client.source(),
            opening.shown().modelProvider(),
            opening.instructions());
    Rollout rollout = world.store().create(meta);
    return new ThreadState(
        opened(meta, opening, rollout), opening.overrides(), dynamicTools, rollout, world.clock());
  }

  private ThreadState storedThread(StoredThread stored, Opening opening) {
    ThreadState state =
        new ThreadState(
            opened(stored.meta(), opening, stored.rollout()),
            opening.overrides(),
            List.of(),
            stored.rollout(),
            world.clock());
    state.restore(stored);
    return state;
  }

  private OpenedThread opened(SessionMeta meta, Opening opening, Rollout rollout) {
    return opening.thread(meta, rollout, world.version(), sources(opening));
  }

  private List<Path> sources(Opening opening) {
    try {
      ExecEnvironment place =
          world.environments().find(opening.overrides().environment(), opening.shown());
      return world.prompts().instructionSources(opening.cwd(), place, opening.shown());
    } catch (ConfigException broken) {
      return List.of();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }
}
