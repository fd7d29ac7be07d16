package dev.codexlsp.exec.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Where others can be spoken to through the file system: container engines, the session bus,
/// agents that hold keys, the screen, editors, terminals that are shared. The folders that are
/// known to hold such, and every socket that somebody listens on now.
final class ForeignSockets {
  private static final List<Path> FOLDERS =
      Stream.of(
              "/run/user",
              "/run/dbus",
              "/run/docker",
              "/run/docker.sock",
              "/run/containerd",
              "/run/podman",
              "/run/crio",
              "/run/systemd",
              "/run/screen",
              "/run/snapd.socket",
              "/var/run/docker.sock",
              "/tmp/.X11-unix",
              "/tmp/.ICE-unix")
          .map(Path::of)
          .toList();

  private static final List<String> VARIABLES =
      List.of(
          "XDG_RUNTIME_DIR",
          "SSH_AUTH_SOCK",
          "GPG_AGENT_INFO",
          "DBUS_SESSION_BUS_ADDRESS",
          "DOCKER_HOST",
          "CONTAINER_HOST",
          "VSCODE_IPC_HOOK_CLI",
          "NVIM",
          "NVIM_LISTEN_ADDRESS",
          "WAYLAND_DISPLAY",
          "TMUX");

  private static final Path LISTENERS = Path.of("/proc/net/unix");

  /// Of a line that names a socket, counted by columns.
  private static final int NAME = 7;

  private final Map<String, String> environment;

  /// @param environment of this process
  ForeignSockets(Map<String, String> environment) {
    this.environment = environment;
  }

  /// Those that are there.
  ///
  /// @param own folders whose sockets belong to the command
  Set<Path> find(List<Path> own) {
    Set<Path> found = new LinkedHashSet<>();
    FOLDERS.forEach(path -> add(path, found));
    for (String variable : VARIABLES) {
      String value = environment.getOrDefault(variable, "");
      int start = value.indexOf('/');
      if (start >= 0) {
        // `unix:path=/x,guid=y`, `unix:///x`, `/x,1,0`
        addNamed(value.substring(start).replaceFirst("^/+", "/").split("[,;:]", 2)[0], found);
      }
    }
    for (String line : listeners()) {
      String[] columns = line.strip().split(" +", NAME + 1);
      if (columns.length > NAME && columns[NAME].startsWith("/")) {
        addNamed(columns[NAME], found);
      }
    }
    found.removeIf(path -> own.stream().anyMatch(path::startsWith));
    // What lies in a hidden folder is hidden.
    Set<Path> all = Set.copyOf(found);
    found.removeIf(path -> all.stream().anyMatch(one -> isWithin(path, one)));
    return found;
  }

  private static boolean isWithin(Path path, Path folder) {
    return path.startsWith(folder) && !path.equals(folder);
  }

  private static void addNamed(String name, Set<Path> found) {
    try {
      add(Path.of(name), found);
    } catch (InvalidPathException _) {
      // Nothing that could be named.
    }
  }

  private static void add(Path path, Set<Path> found) {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      found.add(RealPaths.of(path));
    }
  }

  private static List<String> listeners() {
    try {
      return Files.readAllLines(LISTENERS, StandardCharsets.UTF_8);
    } catch (IOException _) {
      return List.of();
    }
  }
}
