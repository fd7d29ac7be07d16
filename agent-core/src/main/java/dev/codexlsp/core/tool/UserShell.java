package dev.codexlsp.core.tool;

import java.nio.file.Path;
import java.util.List;

/// The shell that commands are written for.
public record UserShell(String path) {

  public String name() {
    return Path.of(path).getFileName().toString();
  }

  List<String> argv(String command, boolean login) {
    return List.of(path, login ? "-lc" : "-c", command);
  }
}
