package dev.codexlsp.server;

import dev.codexlsp.exec.sandbox.Rung;
import dev.codexlsp.exec.sandbox.SandboxReport;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/// Says in plain words whether this machine has what the agent needs, and what to do if not.
final class Doctor {
  private Doctor() {}

  /// The exit status: 0 when nothing is missing.
  static int examine(SandboxReport sandbox, PrintStream out) {
    @Nullable Rung rung = sandbox.best(true);
    if (rung != null) {
      out.println(
          "sandbox: commands are confined (" + rung.word() + " and a filter of system calls)");
      return 0;
    }
    @Nullable Rung forReading = sandbox.best(false);
    if (forReading == null) {
      out.println("sandbox: none, so commands that are to be confined are refused");
    } else {
      out.println(
          "sandbox: commands that write nothing are confined ("
              + forReading.word()
              + " and a filter of system calls); those that write, as in workspace-write, are"
              + " refused");
    }
    out.println("  " + sandbox.problems());
    out.println(
        "  On Linux, install bubblewrap with your package manager and allow user name spaces.");
    out.println(
        "  Without one, sandbox_mode = \"danger-full-access\" with approval_policy ="
            + " \"untrusted\" asks before each command.");
    return 1;
  }
}
