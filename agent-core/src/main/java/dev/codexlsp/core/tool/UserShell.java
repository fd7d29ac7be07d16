package dev.codexlsp.core.tool;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The shell that commands are written for.
public record UserShell(String path) {

  /// The user's own, else the one every system has.
  public static UserShell from(Map<String, String> environment) {
    String shell = environment.getOrDefault("SHELL", "");
    return new UserShell(shell.startsWith("/") ? shell : "/bin/sh");
  }

  public String name() {
    return Path.of(path).getFileName().toString();
  }

  List<String> argv(String command, boolean login) {
    return List.of(path, login ? "-lc" : "-c", command);
  }
}
