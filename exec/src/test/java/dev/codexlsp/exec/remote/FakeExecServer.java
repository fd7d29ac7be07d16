package dev.codexlsp.exec.remote;

import dev.codexlsp.exec.ProcessEvent;
import dev.codexlsp.exec.protocol.Done;
import dev.codexlsp.exec.protocol.ExecChannel;
import dev.codexlsp.exec.protocol.ExecCodec;
import dev.codexlsp.exec.protocol.ExecError;
import dev.codexlsp.exec.protocol.ExecMessage;
import dev.codexlsp.exec.protocol.ExecMethods;
import dev.codexlsp.exec.protocol.Initialize;
import dev.codexlsp.exec.protocol.Payload;
import dev.codexlsp.exec.protocol.ProcessClosed;
import dev.codexlsp.exec.protocol.ProcessExited;
import dev.codexlsp.exec.protocol.ProcessOutput;
import dev.codexlsp.exec.protocol.ProcessRead;
import dev.codexlsp.exec.protocol.ProcessStart;
import dev.codexlsp.exec.protocol.ProcessTerminate;
import dev.codexlsp.exec.protocol.ProcessWrite;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// An exec-server without processes: a command is the list of events that a test gives it, told at
/// once or, from a point on, when something is written to it. One session, which survives its
/// connections; what is told while there is none is retained and not repeated.
final class FakeExecServer implements MemoryDialer {
  static final String SESSION = "session-1";

  private final Map<String, List<Arrival>> commands = new HashMap<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final List<ExecMessage.Request> requests = new CopyOnWriteArrayList<>();
  private final List<ExecMessage> answers = new CopyOnWriteArrayList<>();
  private final BooleanSupplier cuts;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition goOn = lock.newCondition();

  // Guarded by lock.
  private final Map<String, FakeCommand> running = new HashMap<>();
  private @Nullable ExecChannel attached;
  private boolean isPaused;
  private int retainedChunks = Integer.MAX_VALUE;

  FakeExecServer(BooleanSupplier cuts) {
    this.cuts = cuts;
  }

  /// What a program of this name does.
  FakeExecServer with(String program, Arrival... events) {
    commands.put(program, List.of(events));
    return this;
  }

  /// How many chunks of a command can be read again, the last ones.
  void retain(int chunks) {
    lock.lock();
    try {
      retainedChunks = chunks;
    } finally {
      lock.unlock();
    }
  }

  /// The methods that were called, in order.
  List<String> calls() {
    return List.copyOf(calls);
  }

  List<ExecMessage.Request> requests() {
    return List.copyOf(requests);
  }

  long count(String method) {
    return calls.stream().filter(method::equals).count();
  }

  /// What came besides requests and the end of the greeting.
  List<ExecMessage> answers() {
    return answers.stream()
        .filter(message -> !(message instanceof ExecMessage.Notification))
        .toList();
  }

  /// Answers nothing for a while.
  void pause(boolean pause) {
    lock.lock();
    try {
      isPaused = pause;
      goOn.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// What was written to all processes, each piece once.
  List<ByteBuffer> written() {
    lock.lock();
    try {
      return running.values().stream().flatMap(command -> command.written().stream()).toList();
    } finally {
      lock.unlock();
    }
  }

  /// Processes that have not ended.
  long stillRunning() {
    lock.lock();
    try {
      return running.values().stream().filter(command -> !command.hasEnded()).count();
    } finally {
      lock.unlock();
    }
  }

  /// Ends the connection there is.
  void cut() {
    lock.lock();
    try {
      if (attached != null) {
        attached.close();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Sends whatever bytes on the connection there is.
  void say(ByteBuffer bytes) throws IOException, InterruptedException {
    lock.lock();
    try {
      Objects.requireNonNull(attached).send(bytes);
    } finally {
      lock.unlock();
    }
  }

  /// The session and its processes are forgotten.
  void forget() {
    lock.lock();
    try {
      running.clear();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public ExecChannel dial(Duration limit) {
    MemoryChannel.Pair pair = MemoryChannel.pair(cuts);
    Thread.ofVirtual().name("fake-exec-server").start(() -> serve(pair.server()));
    return pair.client();
  }

  @Override
  public void close() {
    cut();
  }

  /// Serves a connection until it ends.
  void serve(ExecChannel channel) {
    try {
      for (ByteBuffer bytes = channel.receive(); bytes != null; bytes = channel.receive()) {
        ExecMessage message = ExecCodec.decode(bytes);
        lock.lock();
        try {
          while (isPaused) {
            goOn.await();
          }
          if (message instanceof ExecMessage.Request request) {
            calls.add(request.method());
            requests.add(request);
            channel.send(ExecCodec.encode(answer(request, channel)));
            tellAll();
          } else {
            answers.add(message);
          }
        } finally {
          lock.unlock();
        }
      }
    } catch (IOException cut) {
      detach(channel);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void detach(ExecChannel channel) {
    lock.lock();
    try {
      if (channel.equals(attached)) {
        attached = null;
      }
      tellAll();
    } finally {
      lock.unlock();
    }
  }

  private ExecMessage answer(ExecMessage.Request request, ExecChannel channel) {
    Object answer = answer(request.method(), request.params(), channel);
    return answer instanceof Record result && !(result instanceof ExecError)
        ? new ExecMessage.Answer(request.id(), Payload.of(result))
        : new ExecMessage.Failure(request.id(), (ExecError) answer);
  }

  private Object answer(String method, Payload params, ExecChannel channel) {
    return switch (method) {
      case "initialize" -> initialize(params.as(Initialize.class), channel);
      case "environment/info" -> Commands.withShell("sh");
      case "process/start" -> start(params.as(ProcessStart.class));
      case "process/read" -> read(params.as(ProcessRead.class));
      case "process/write" -> write(params.as(ProcessWrite.class));
      case "process/terminate" -> terminate(params.as(ProcessTerminate.class));
      case "process/signal" -> new Done();
      default -> new ExecError(ExecError.METHOD_NOT_FOUND, "no " + method);
    };
  }

  private Object initialize(Initialize params, ExecChannel channel) {
    if (params.resumeSessionId() != null && !params.resumeSessionId().equals(SESSION)) {
      return new ExecError(ExecError.INVALID_REQUEST, "unknown session id");
    }
    attached = channel;
    return new Initialize.Result(SESSION, null);
  }

  private Object start(ProcessStart params) {
    List<Arrival> events = commands.get(params.argv().getFirst());
    if (events == null) {
      return new ExecError(ExecError.INTERNAL, "No such file or directory (os error 2)");
    }
    running.put(params.processId(), new FakeCommand(events));
    return new ProcessStart.Result(params.processId(), "none");
  }

  private Object read(ProcessRead params) {
    FakeCommand command = running.get(params.processId());
    return command == null
        ? new ExecError(ExecError.INVALID_REQUEST, "unknown process id " + params.processId())
        : command.read(Objects.requireNonNull(params.afterSeq()), retainedChunks);
  }

  private Object write(ProcessWrite params) {
    FakeCommand command = running.get(params.processId());
    if (command == null) {
      return new ProcessWrite.Result(ProcessWrite.Status.UNKNOWN_PROCESS);
    }
    command.write(params.writeId(), params.chunk());
    return new ProcessWrite.Result(ProcessWrite.Status.ACCEPTED);
  }

  private Object terminate(ProcessTerminate params) {
    FakeCommand command = running.get(params.processId());
    return new ProcessTerminate.Result(command != null && command.terminate());
  }

  /// Lets every process do what it can do now. What cannot be sent is told to nobody.
  private void tellAll() {
    running.forEach((id, command) -> {
      for (Arrival event = command.next(); event != null; event = command.next()) {
        tell(id, event);
      }
    });
  }

  private void tell(String id, Arrival event) {
    if (attached == null) {
      return;
    }
    try {
      attached.send(
          ExecCodec.encode(
              switch (event) {
                case Arrival.Chunk(ProcessEvent.Output(long seq, var stream, ByteBuffer bytes)) ->
                    new ExecMessage.Notification(
                        ExecMethods.PROCESS_OUTPUT.name(),
                        Payload.of(new ProcessOutput(id, seq, stream, bytes)));
                case Arrival.Exit(long seq, int code, Boolean denied) ->
                    new ExecMessage.Notification(
                        ExecMethods.PROCESS_EXITED.name(),
                        Payload.of(new ProcessExited(id, seq, code, denied)));
                case Arrival.End(long seq) ->
                    new ExecMessage.Notification(
                        ExecMethods.PROCESS_CLOSED.name(), Payload.of(new ProcessClosed(id, seq)));
              }));
    } catch (IOException cut) {
      attached = null;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
