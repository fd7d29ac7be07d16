package dev.codexlsp.server.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The program itself: what runs it, and where it keeps its things.
public final class HouseCheck implements Check {
  private final String version;
  private final Runtime.Version java;
  private final Path codexHome;

  public HouseCheck(String version, Runtime.Version java, Path codexHome) {
    this.version = version;
    this.java = java;
    this.codexHome = codexHome;
  }

  @Override
  public List<Finding> look() {
    return List.of(Finding.good("program", "codex-lsp " + version + " on Java " + java), home());
  }

  private Finding home() {
    if (Files.isDirectory(codexHome)) {
      return Files.isWritable(codexHome)
          ? Finding.good("home", codexHome + " holds configuration and sessions")
          : Finding.bad(
              "home",
              codexHome + " cannot be written to, so no session can be kept",
              "Make it yours, or set CODEX_HOME to a directory that is.");
    }
    return Files.exists(codexHome)
        ? Finding.bad(
            "home", codexHome + " is no directory", "Move it away, or set CODEX_HOME elsewhere.")
        : Finding.good("home", codexHome + " is not there yet; the first session makes it");
  }
}
