package dev.codexlsp.server.doctor;

import dev.codexlsp.exec.local.LocalBackend;
import dev.codexlsp.exec.sandbox.Rung;
import dev.codexlsp.exec.sandbox.SandboxReport;
import java.util.List;

/// Whether commands can be confined here.
public final class SandboxCheck implements Check {
  private static final String SUBJECT = "sandbox";
  private static final String INSTALL =
      "On Linux, install bubblewrap with your package manager and allow user name spaces."
          + " Without one, sandbox_mode = \"danger-full-access\" with approval_policy ="
          + " \"untrusted\" asks before each command.";

  private final Report report;

  /// Tries the machine out.
  public interface Report {
    SandboxReport of() throws InterruptedException;
  }

  public SandboxCheck(Report report) {
    this.report = report;
  }

  /// Of this machine.
  public static SandboxCheck of(LocalBackend local) {
    return new SandboxCheck(local::sandboxReport);
  }

  @Override
  public List<Finding> look() throws InterruptedException {
    SandboxReport tried = report.of();
    Rung rung = tried.best(true);
    if (rung != null) {
      return List.of(
          Finding.good(
              SUBJECT, "commands are confined (" + rung.word() + " and a filter of system calls)"));
    }
    Rung forReading = tried.best(false);
    if (forReading != null) {
      return List.of(
          Finding.doubtful(
              SUBJECT,
              "commands that write nothing are confined ("
                  + forReading.word()
                  + " and a filter of system calls); those that write, as in workspace-write, are"
                  + " refused: "
                  + tried.problems(),
              INSTALL));
    }
    return List.of(
        Finding.bad(
            SUBJECT,
            "there is none, so commands that are to be confined are refused: " + tried.problems(),
            INSTALL));
  }
}
