package dev.codexlsp.exec.server;

import dev.codexlsp.exec.ExecBackend;
import dev.codexlsp.exec.ExecException;
import dev.codexlsp.exec.ExecProcess;
import dev.codexlsp.exec.ProcessSpec;
import dev.codexlsp.exec.Stdio;
import dev.codexlsp.exec.SystemError;
import dev.codexlsp.exec.TerminalSize;
import dev.codexlsp.exec.protocol.Done;
import dev.codexlsp.exec.protocol.ProcessRead;
import dev.codexlsp.exec.protocol.ProcessResize;
import dev.codexlsp.exec.protocol.ProcessSignal;
import dev.codexlsp.exec.protocol.ProcessStart;
import dev.codexlsp.exec.protocol.ProcessTerminate;
import dev.codexlsp.exec.protocol.ProcessWrite;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Starts processes and passes on what clients want of them.
final class ProcessHandlers {
  private static final String UNCONFINED = "none";
  private static final String CONFINED = "linuxSeccomp";

  /// A write that waits weighs as much as so many reads that wait.
  private static final int BYTES_PER_WAITER = 64 * 1024;

  private final ExecBackend backend;
  private final ProcessRegistry registry;
  private final Map<String, String> environment;
  private final SandboxGate gate;
  private final Duration heldOutput;

  /// @param environment of this process
  /// @param heldOutput see [ProcessPump]
  ProcessHandlers(
      ExecBackend backend,
      ProcessRegistry registry,
      Map<String, String> environment,
      Duration heldOutput) {
    this.backend = backend;
    this.registry = registry;
    this.environment = environment;
    this.heldOutput = heldOutput;
    gate = SandboxGate.of(environment);
  }

  /// The first event of the process comes after the answer.
  ProcessStart.Result start(ProcessStart params, Call call) throws Refused, InterruptedException {
    gate.confinement(params.sandbox(), Map.of());
    if (params.enforceManagedNetwork() || params.networkProxy() != null) {
      throw Refused.failed("managed network unavailable");
    }
    if (params.argv().isEmpty()) {
      throw Refused.invalidParams("argv must not be empty");
    }
    if (params.argv().getFirst().isEmpty()) {
      throw Refused.failed("missing program for " + (params.tty() ? "PTY" : "pipe") + " spawn");
    }
    ServedProcess served = registry.reserve(call.session(), params);
    @Nullable ExecProcess process = null;
    String sandboxType = UNCONFINED;
    try {
      ProcessSpec spec = spec(params);
      sandboxType = spec.sandbox() == null ? UNCONFINED : CONFINED;
      process = backend.start(spec);
    } catch (ExecException failure) {
      @Nullable SystemError error = failure.error();
      throw Refused.failed(
          error == null ? String.valueOf(failure.getMessage()) : error.onTheWire());
    } finally {
      if (process == null) {
        registry.failed(served, params);
      }
    }
    if (!registry.started(served, params, process)) {
      process.terminate();
      ProcessPump.discard(served.id(), process);
      throw Refused.invalidRequest("process " + served.id() + " start was cancelled");
    }
    call.afterAnswer(new ProcessPump(served, process, registry, heldOutput)::start);
    return new ProcessStart.Result(served.id(), sandboxType);
  }

  /// The backend adds the `SHELL` of a program at a terminal.
  private ProcessSpec spec(ProcessStart params)
      throws Refused, ExecException, InterruptedException {
    Map<String, String> variables =
        EnvironmentPolicy.environment(environment, params.envPolicy(), params.env());
    Stdio stdio =
        params.tty()
            ? new Stdio.Terminal(TerminalSize.DEFAULT)
            : new Stdio.Pipes(params.pipeStdin());
    return new ProcessSpec(params.argv(), params.arg0(), params.cwd(), variables, stdio)
        .within(gate.confinement(params.sandbox(), variables));
  }

  ProcessRead.Result read(ProcessRead params, Call call) throws Refused, InterruptedException {
    ProcessRegistry.@Nullable Found found = registry.find(call.session(), params.processId());
    if (found == null) {
      throw Refused.invalidRequest("unknown process id " + params.processId());
    }
    if (found.process() == null) {
      throw Refused.invalidRequest("process id " + params.processId() + " is starting");
    }
    ProcessLog log = found.served().log();
    ProcessRead.@Nullable Result now = log.readNow(params);
    long waitMs = params.waitMs() == null ? 0 : params.waitMs();
    if (now != null) {
      return now;
    }
    if (waitMs > 0) {
      call.stepAside(1);
    }
    return log.read(params, waitMs);
  }

  ProcessWrite.Result write(ProcessWrite params, Call call) throws Refused, InterruptedException {
    if (params.writeId().isEmpty()) {
      throw Refused.invalidParams("writeId must not be empty");
    }
    ProcessRegistry.@Nullable Found found = registry.find(call.session(), params.processId());
    if (found == null) {
      return new ProcessWrite.Result(ProcessWrite.Status.UNKNOWN_PROCESS);
    }
    if (found.process() == null) {
      return new ProcessWrite.Result(ProcessWrite.Status.STARTING);
    }
    @Nullable InputBacklog input = found.served().input();
    if (input == null) {
      return new ProcessWrite.Result(ProcessWrite.Status.STDIN_CLOSED);
    }
    // Its place comes before the next request is looked at, so that writes keep their order.
    InputBacklog.Write write = input.add(found.process(), params.writeId(), params.chunk());
    if (!input.isAccepted(write)) {
      call.stepAside(1 + params.chunk().remaining() / BYTES_PER_WAITER);
    }
    input.await(write);
    return new ProcessWrite.Result(ProcessWrite.Status.ACCEPTED);
  }

  Done signal(ProcessSignal params, Call call) throws Refused {
    @Nullable ExecProcess process = process(params.processId(), call);
    if (process != null) {
      switch (params.signal()) {
        case INTERRUPT -> process.interrupt();
      }
    }
    return new Done();
  }

  Done resize(ProcessResize params, Call call) throws Refused {
    @Nullable ExecProcess process = process(params.processId(), call);
    if (process != null) {
      process.resize(params.size());
    }
    return new Done();
  }

  ProcessTerminate.Result terminate(ProcessTerminate params, Call call) throws Refused {
    return new ProcessTerminate.Result(registry.terminate(call.session(), params.processId()));
  }

  private @Nullable ExecProcess process(String id, Call call) throws Refused {
    ProcessRegistry.@Nullable Found found = registry.find(call.session(), id);
    return found == null ? null : found.process();
  }
}
