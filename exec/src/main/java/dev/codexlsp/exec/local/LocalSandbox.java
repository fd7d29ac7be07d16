package dev.codexlsp.exec.local;

import dev.codexlsp.exec.ExecException;
import dev.codexlsp.exec.ExecProcess;
import dev.codexlsp.exec.FileSystem;
import dev.codexlsp.exec.ProcessSpec;
import dev.codexlsp.exec.SandboxUnavailableException;
import dev.codexlsp.exec.sandbox.Confinement;
import dev.codexlsp.exec.sandbox.FileAccess;
import dev.codexlsp.exec.sandbox.FileRule;
import dev.codexlsp.exec.sandbox.Rung;
import dev.codexlsp.exec.sandbox.SandboxPolicy;
import dev.codexlsp.exec.sandbox.SandboxReport;
import dev.codexlsp.exec.sandbox.SandboxReport.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Confines commands and file accesses on this machine: finds out once which rungs carry, and holds
/// on to that. A command whose limits cannot be kept does not run. Any thread may call it.
final class LocalSandbox {
  private static final String BUBBLEWRAP = "bwrap";

  private final Map<String, String> environment;
  private final List<Rung> ladder;
  private final Start start;
  private final ReentrantLock lock = new ReentrantLock();

  /// Guarded by lock; null until something is to be confined.
  private @Nullable Confiner confiner;

  private final FutureTask<SandboxReport> probe = new FutureTask<>(this::probed);

  /// Starts what is prepared.
  interface Start {
    ExecProcess start(ProcessSpec spec, Wrapping wrapping)
        throws ExecException, InterruptedException;
  }

  /// @param environment of this process
  /// @param ladder what may be used, the best first
  LocalSandbox(Map<String, String> environment, List<Rung> ladder, Start start) {
    this.ladder = List.copyOf(ladder);
    this.environment = environment;
    this.start = start;
  }

  /// Begins to find out, if nobody has.
  void prepare() {
    if (!probe.isDone()) {
      Thread.ofVirtual().name("exec-sandbox-probe").start(probe);
    }
  }

  private Confiner confiner() {
    lock.lock();
    try {
      if (confiner == null) {
        confiner = new Confiner(environment);
      }
      return confiner;
    } finally {
      lock.unlock();
    }
  }

  SandboxReport report() throws InterruptedException {
    prepare();
    try {
      return probe.get();
    } catch (ExecutionException failure) {
      throw new IllegalStateException(failure.getCause());
    }
  }

  private SandboxReport probed() throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    for (Rung rung : ladder) {
      @Nullable String problem =
          new SandboxProbe(spec -> startWith(rung, spec, confinement(spec))).problem(policy(rung));
      findings.add(new Finding(rung, problem));
      if (problem == null) {
        // What is lower is no better.
        break;
      }
    }
    return new SandboxReport(findings);
  }

  /// What is asked most of a rung.
  private static SandboxPolicy policy(Rung rung) {
    return switch (rung) {
      case BUBBLEWRAP -> new SandboxPolicy.WorkspaceWrite(List.of(), false, true, true);
      case LANDLOCK -> new SandboxPolicy.ReadOnly(false);
    };
  }

  private static Confinement confinement(ProcessSpec spec) {
    if (spec.sandbox() == null) {
      throw new IllegalArgumentException("not to be confined: " + spec.argv().getFirst());
    }
    return spec.sandbox();
  }

  /// Starts a command that is to be confined.
  ExecProcess start(ProcessSpec spec) throws ExecException, InterruptedException {
    Confinement confinement = confinement(spec);
    boolean writes =
        confinement.profile().rules().stream()
            .anyMatch(rule -> rule.access() == FileRule.Access.WRITE);
    SandboxReport report = report();
    @Nullable Rung rung = report.best(writes);
    if (rung == null) {
      throw new SandboxUnavailableException(report.problems());
    }
    return startWith(rung, spec, confinement);
  }

  private ExecProcess startWith(Rung rung, ProcessSpec spec, Confinement confinement)
      throws ExecException, InterruptedException {
    return switch (rung) {
      case BUBBLEWRAP ->
          start.start(spec, confiner().wrap(spec, confinement, SystemPrograms.require(BUBBLEWRAP)));
      case LANDLOCK -> start.start(spec, confiner().restrict(spec, confinement));
    };
  }

  FileSystem files(Confinement confinement) {
    @Nullable PathCalls calls = PathCalls.load();
    if (calls == null) {
      return new LocalFiles(
          new RefusedPlaces("sandbox unavailable: no openat2 to keep files beneath their roots"));
    }
    FileAccess access = confiner().files(confinement);
    return new LocalFiles(new RealPlaces(new ConfinedPlaces(calls, Reach.of(access))));
  }

  /// Nothing runs any more.
  void close() {
    lock.lock();
    try {
      if (confiner != null) {
        confiner.close();
      }
    } finally {
      lock.unlock();
    }
  }
}
