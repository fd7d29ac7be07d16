package dev.codexlsp.exec.remote;

import dev.codexlsp.exec.ExecException;
import dev.codexlsp.exec.ExecProcess;
import dev.codexlsp.exec.ProcessEvent;
import dev.codexlsp.exec.ProcessSpec;
import dev.codexlsp.exec.SandboxUnavailableException;
import dev.codexlsp.exec.Stdio;
import dev.codexlsp.exec.TerminalSize;
import dev.codexlsp.exec.protocol.ExecMethods;
import dev.codexlsp.exec.protocol.ProcessStart;
import dev.codexlsp.exec.protocol.ProcessTerminate;
import dev.codexlsp.exec.remote.Session.Again;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What the consumer holds of a process of another place, from the wish to start it to the thanks
/// after its end.
final class RemoteProcess implements ExecProcess {
  private final String id;
  private final Session session;
  private final Stdio stdio;
  private final RemoteEvents events;
  private final RemoteInput input;
  private final Wishes wishes;

  private static final String UNCONFINED = "none";

  /// Confined to the consumer.
  private ProcessEvent.@Nullable Exited exited;

  RemoteProcess(String id, Session session, Stdio stdio) {
    this.id = id;
    this.session = session;
    this.stdio = stdio;
    this.events = new RemoteEvents(id, session);
    this.input = new RemoteInput(events, session, stdio);
    this.wishes = new Wishes(id, session);
  }

  String id() {
    return id;
  }

  RemoteEvents events() {
    return events;
  }

  /// Asks for the start, and waits for the answer. When it fails nothing is left running.
  void start(ProcessSpec spec) throws ExecException, InterruptedException {
    session.routes().add(this);
    try {
      ProcessStart.Result answer =
          session.call(
              ExecMethods.PROCESS_START, Starts.of(id, spec), Again.NO, session.timing().answer());
      requireConfined(spec, answer.sandboxType());
      events.started();
    } catch (CallException failure) {
      session.routes().forget(id);
      throw notStarted(spec, failure);
    } catch (InterruptedException interrupt) {
      session.routes().forget(id);
      wishes.terminate();
      throw interrupt;
    }
    if (stdio instanceof Stdio.Terminal(TerminalSize size) && !size.equals(TerminalSize.DEFAULT)) {
      resize(size);
    }
  }

  /// A server that does not say that it confines does not.
  private void requireConfined(ProcessSpec spec, @Nullable String sandboxType)
      throws SandboxUnavailableException {
    if (spec.sandbox() != null && (sandboxType == null || sandboxType.equals(UNCONFINED))) {
      session.routes().forget(id);
      wishes.terminate();
      throw new SandboxUnavailableException(
          "the command was ended because the exec-server there had not confined it");
    }
  }

  private ExecException notStarted(ProcessSpec spec, CallException failure)
      throws InterruptedException {
    String program = spec.argv().getFirst();
    String message =
        switch (failure) {
          case CallException.Refused refused ->
              "cannot start " + program + " in " + spec.directory() + ": " + refused.getMessage();
          case CallException.Ended ended -> String.valueOf(ended.getMessage());
          case CallException.Unanswered late -> {
            wishes.terminate();
            yield "cannot start " + program + ": " + late.getMessage();
          }
          case CallException.Broken broken -> {
            undo();
            yield "the connection broke while "
                + program
                + " was being started, so it was ended: "
                + broken.getMessage();
          }
        };
    int unavailable = message.indexOf(SandboxUnavailableException.UNAVAILABLE);
    return spec.sandbox() == null || unavailable < 0
        ? new ExecException(message, failure)
        : new SandboxUnavailableException(
            message.substring(unavailable + SandboxUnavailableException.UNAVAILABLE.length()),
            failure);
  }

  /// Nobody knows whether the start was heard, so the process is ended on the next connection.
  private void undo() throws InterruptedException {
    try {
      session.call(
          ExecMethods.PROCESS_TERMINATE,
          new ProcessTerminate(id),
          Again.YES,
          session.timing().answer());
    } catch (CallException gone) {
      // With the session its processes end, too.
    } catch (InterruptedException interrupt) {
      // Who asked for the start waits no longer, but the process has to be ended all the same.
      wishes.terminate();
      throw interrupt;
    }
  }

  @Override
  public @Nullable ProcessEvent next(Duration timeout) throws InterruptedException {
    ProcessEvent event = events.next(timeout);
    switch (event) {
      case null -> {}
      case ProcessEvent.Output _ -> {}
      case ProcessEvent.Exited exit -> exited = exit;
      case ProcessEvent.Closed(long _, boolean outputComplete) -> {
        // What an ended command has left in the background, and holds its output, stays.
        if (outputComplete || exited == null || exited.exitCode() < 0 || exited.sandboxDenied()) {
          wishes.terminate();
        }
      }
      case ProcessEvent.NeverRan _, ProcessEvent.Lost _ -> wishes.terminate();
    }
    return event;
  }

  @Override
  public boolean write(ByteBuffer bytes) throws InterruptedException {
    return input.write(bytes);
  }

  @Override
  public void resize(TerminalSize size) {
    if (stdio instanceof Stdio.Terminal && !events.isOver() && session.canResize()) {
      wishes.resize(size);
    }
  }

  @Override
  public void interrupt() {
    if (!events.isOver()) {
      wishes.interrupt();
    }
  }

  /// The server decides how gently: the original kills at once. Also sent after the end, by [#next]
  /// and as the original's client does: the server need not wonder then.
  @Override
  public void terminate() {
    if (events.unwanted()) {
      wishes.terminate();
    }
  }
}
