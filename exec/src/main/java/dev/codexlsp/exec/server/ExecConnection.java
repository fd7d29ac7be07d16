package dev.codexlsp.exec.server;

import dev.codexlsp.exec.protocol.ExecChannel;
import dev.codexlsp.exec.protocol.ExecCodec;
import dev.codexlsp.exec.protocol.ExecError;
import dev.codexlsp.exec.protocol.ExecMessage;
import dev.codexlsp.exec.protocol.ExecMethods;
import dev.codexlsp.exec.protocol.Family;
import dev.codexlsp.exec.protocol.MessageTooLongException;
import dev.codexlsp.exec.protocol.RequestId;
import dev.codexlsp.exec.server.ExecObserver.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// One client while it is connected.
///
/// The thread that calls [#run] reads; workers answer, one at first, so that the handshake happens
/// in order. A worker takes a message, answers it and takes the next: with one worker, answers keep
/// the order of their requests, but for a request that [steps aside][Call#stepAside].
final class ExecConnection {
  private static final Logger LOG = Logger.getLogger(ExecConnection.class.getName());

  /// How many requests may have stepped aside at once.
  static final int WAITING_LIMIT = 128;

  /// How many processes may send at once. Each holds what it sends in the form of the wire, which
  /// is longer, until the client has room for it.
  private static final int SENDING_LIMIT = 4;

  /// How long a client may send more than there is room for. It could have gone meanwhile, and its
  /// session must be free for it soon enough.
  private static final Duration STALL_LIMIT = Duration.ofSeconds(30);

  /// How far the handshake has come.
  private enum Phase {
    NEW,

    /// The client knows its session.
    OPENED,

    READY
  }

  /// What all connections of a server share.
  record Shop(
      ExecRoutes routes, Sessions sessions, int concurrentRequests, ExecObserver observer) {}

  private final ExecChannel channel;
  private final Peer peer;
  private final Shop shop;
  private final Runnable disconnected;
  private final RequestQueue queue = new RequestQueue(STALL_LIMIT);
  private final Crew crew = new Crew();
  private final Semaphore waiting = new Semaphore(WAITING_LIMIT);
  private final Semaphore sending = new Semaphore(SENDING_LIMIT, true);
  private final OpenFiles files = new OpenFiles();
  private final BodyStreams bodies = new BodyStreams(this, crew);

  /// Written by the one worker that there is during the handshake.
  private volatile Phase phase = Phase.NEW;

  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock.
  private @Nullable Session session;
  private boolean ended;

  ExecConnection(ExecChannel channel, Peer peer, Shop shop) {
    this.channel = channel;
    this.peer = peer;
    this.shop = shop;
    this.disconnected = shop.observer().connected(peer.transport());
  }

  /// Serves the client until it, or the connection, or the caller's patience ends.
  void run() {
    try {
      startWorker();
      RequestQueue.@Nullable Received received = receive();
      while (received != null) {
        queue.put(received);
        received = receive();
      }
    } catch (IOException broken) {
      LOG.log(Level.INFO, "connection of {0} broke: {1}", new Object[] {peer.address(), broken});
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      end();
    }
  }

  private RequestQueue.@Nullable Received receive() throws IOException, InterruptedException {
    try {
      @Nullable ByteBuffer message = channel.receive();
      return message == null ? null : RequestQueue.Received.message(message);
    } catch (MessageTooLongException tooLong) {
      return RequestQueue.Received.problem(String.valueOf(tooLong.getMessage()));
    }
  }

  /// Ends the connection: no request is begun any more, and [#run] returns.
  void close() {
    queue.end();
    channel.close();
    disconnected.run();
  }

  private void end() {
    @Nullable Session attached;
    lock.lock();
    try {
      ended = true;
      attached = session;
    } finally {
      lock.unlock();
    }
    close();
    crew.dismiss();
    files.close();
    if (attached != null) {
      shop.sessions().detach(attached, this);
    }
  }

  OpenFiles files() {
    return files;
  }

  BodyStreams bodies() {
    return bodies;
  }

  /// Sends a message. While the client does not read, it waits.
  void send(ExecMessage message) throws IOException, InterruptedException {
    channel.send(ExecCodec.encode(message));
  }

  /// Sends what nobody has asked for. While the client does not read, it waits.
  void tell(ExecMessage.Notification message) throws IOException, InterruptedException {
    sending.acquire();
    try {
      send(message);
    } finally {
      sending.release();
    }
  }

  /// The session of the client, for as long as it has not been taken over.
  Session session() throws Refused {
    lock.lock();
    try {
      if (session == null || !session.isAttachedTo(this)) {
        throw Refused.invalidRequest("session has been resumed by another connection");
      }
      return session;
    } finally {
      lock.unlock();
    }
  }

  /// Attaches the connection to the session that the opener finds.
  void open(SessionOpener opener) throws Refused, InterruptedException {
    if (phase != Phase.NEW) {
      throw Refused.invalidRequest("initialize may only be sent once per connection");
    }
    lock.lock();
    try {
      if (ended) {
        throw new InterruptedException();
      }
      session = opener.open(this);
      phase = Phase.OPENED;
    } finally {
      lock.unlock();
    }
  }

  /// Finds or makes a session, and attaches the connection to it.
  interface SessionOpener {
    Session open(ExecConnection connection) throws Refused;
  }

  /// Whether methods of the family may be asked now.
  void require(Family family) throws Refused {
    @Nullable String missing =
        switch (phase) {
          case NEW -> "call initialize";
          case OPENED -> "send initialized";
          case READY -> null;
        };
    if (missing != null && family != Family.SESSION) {
      throw Refused.invalidRequest(
          "client must " + missing + " before using " + family.words() + " methods");
    }
  }

  /// Lets another worker go on in place of the caller, if there are not too many already.
  ///
  /// @return what is to be given back when the caller has done; 0 when it has not been replaced
  int replaceWorker(int cost) {
    int weight = Math.min(cost, WAITING_LIMIT);
    if (!waiting.tryAcquire(weight)) {
      return 0;
    }
    startWorker();
    return weight;
  }

  private void startWorker() {
    crew.start("exec-worker-" + peer.address(), this::work);
  }

  private void work() {
    try {
      RequestQueue.@Nullable Received received = queue.take();
      while (received != null) {
        Call call = new Call(this);
        try {
          handle(received, call);
        } finally {
          waiting.release(call.weight());
        }
        received = call.weight() > 0 ? null : queue.take();
      }
    } catch (IOException gone) {
      close();
    } catch (InterruptedException _) {
      // The connection has ended, and the thread with it.
    } catch (RuntimeException | Error bug) {
      LOG.log(Level.SEVERE, "a connection failed", bug);
      close();
    }
  }

  private void handle(RequestQueue.Received received, Call call)
      throws IOException, InterruptedException {
    if (received.problem() != null) {
      sendUnreadable(received.problem());
      return;
    }
    switch (ExecCodec.decode(received.message())) {
      case ExecMessage.Request request -> answer(request, received.at(), call);
      case ExecMessage.Notification(String method, _) -> hear(method);
      case ExecMessage.Answer _, ExecMessage.Failure _ -> refuse("an answer to nothing");
      case ExecMessage.Malformed(String problem) -> sendUnreadable(problem);
    }
  }

  private void sendUnreadable(String problem) throws IOException, InterruptedException {
    send(
        new ExecMessage.Failure(
            RequestId.UNREADABLE,
            new ExecError(ExecError.INVALID_REQUEST, peer.unreadable() + problem)));
  }

  private void answer(ExecMessage.Request request, long receivedAt, Call call)
      throws IOException, InterruptedException {
    Consumer<Outcome> observed = shop.observer().admitted(request, receivedAt);
    Outcome outcome = Outcome.DISCONNECTED;
    try {
      ExecRoutes.Encoded answer = shop.routes().answer(request, call);
      channel.send(answer.bytes());
      outcome = answer.outcome();
    } finally {
      observed.accept(outcome);
      call.answered();
    }
  }

  private void hear(String method) {
    if (!method.equals(ExecMethods.INITIALIZED.name())) {
      refuse("unknown notification");
      return;
    }
    switch (phase) {
      case NEW -> refuse("initialized before initialize");
      case OPENED -> {
        phase = Phase.READY;
        for (int more = 1; more < shop.concurrentRequests(); more++) {
          startWorker();
        }
      }
      case READY -> LOG.fine("initialized once more");
    }
  }

  /// There is nothing to answer to, so a client that does not speak the protocol is sent away.
  private void refuse(String reason) {
    LOG.log(Level.INFO, "closed the connection of {0}: {1}", new Object[] {peer.address(), reason});
    close();
  }
}
