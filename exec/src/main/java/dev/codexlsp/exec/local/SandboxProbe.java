package dev.codexlsp.exec.local;

import dev.codexlsp.exec.ExecException;
import dev.codexlsp.exec.ExecProcess;
import dev.codexlsp.exec.ProcessEvent;
import dev.codexlsp.exec.ProcessSpec;
import dev.codexlsp.exec.sandbox.Confinement;
import dev.codexlsp.exec.sandbox.PermissionProfile;
import dev.codexlsp.exec.sandbox.SandboxPolicy;
import dev.codexlsp.exec.sandbox.SandboxProfiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds out whether a rung carries, by a command that does nothing under the limits that are used
/// most, with all the mounts that these take. Whatever a kernel, a distribution or a container
/// forbids is met here and not by a command of the user.
final class SandboxProbe {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final int MOST_SHOWN = 500;
  private static final Path TRUE = Path.of("/bin/true");

  private final Start start;

  /// Starts a command on the rung in question.
  interface Start {
    ExecProcess start(ProcessSpec spec) throws ExecException, InterruptedException;
  }

  SandboxProbe(Start start) {
    this.start = start;
  }

  /// Why it does not carry; null when it does.
  @Nullable String problem(SandboxPolicy policy) throws InterruptedException {
    Path folder;
    try {
      folder = Files.createTempDirectory("codex-lsp-sandbox").toRealPath();
    } catch (IOException failure) {
      return "no folder to try it in: " + failure.getMessage();
    }
    try {
      return outcome(start.start(spec(policy, folder)));
    } catch (ExecException failure) {
      return String.valueOf(failure.getMessage());
    } finally {
      // What is made in it for the command may still be about to go.
      folder.toFile().deleteOnExit();
    }
  }

  private static ProcessSpec spec(SandboxPolicy policy, Path folder) {
    if (!(SandboxProfiles.of(policy) instanceof PermissionProfile.Managed profile)) {
      throw new IllegalArgumentException("nothing to try: " + policy);
    }
    return new ProcessSpec(List.of(TRUE.toString()), folder, Map.of())
        .within(new Confinement(profile, folder, List.of(folder), null, List.of()));
  }

  private static @Nullable String outcome(ExecProcess process) throws InterruptedException {
    StringBuilder output = new StringBuilder();
    int code = -1;
    long end = System.nanoTime() + LIMIT.toNanos();
    for (long left = LIMIT.toNanos(); left > 0; left = end - System.nanoTime()) {
      switch (process.next(Duration.ofNanos(left))) {
        case ProcessEvent.Output text ->
            output.append(StandardCharsets.UTF_8.decode(text.bytes().duplicate()));
        case ProcessEvent.Exited exited -> code = exited.exitCode();
        case ProcessEvent.Last _ -> {
          return code == 0 ? null : reason(output.toString());
        }
        case null -> {}
      }
    }
    process.terminate();
    return "a command that does nothing does not end";
  }

  private static String reason(String output) {
    String line = output.strip().replaceAll("\\R.*", "");
    String text = line.isEmpty() ? "a command that does nothing fails" : line;
    return text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "..." : text;
  }
}
