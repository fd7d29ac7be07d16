package dev.codexlsp.exec.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.exec.Run;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A real OpenSSH server on a port of this machine, with keys and a configuration of its own.
record OpenSsh(Process server, int port, Path folder) implements AutoCloseable {

  static OpenSsh start(Path folder) throws IOException, InterruptedException {
    key(folder.resolve("host_key"));
    key(folder.resolve("user_key"));
    Files.copy(folder.resolve("user_key.pub"), folder.resolve("authorized_keys"));
    // Where it puts itself when it is the administrator's; it refuses to start without.
    if (System.getProperty("user.name").equals("root")) {
      Files.createDirectories(Path.of("/run/sshd"));
    }
    int port = freePort();
    Path config = Files.writeString(folder.resolve("sshd_config"), config(folder, port));
    Process server =
        new ProcessBuilder(program("sshd"), "-D", "-e", "-f", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("sshd.log").toFile())
            .start();
    Run.await("sshd", () -> listens(port) || !server.isAlive());
    assertThat(server.isAlive()).as(Files.readString(folder.resolve("sshd.log"))).isTrue();
    return new OpenSsh(server, port, folder);
  }

  private static String config(Path folder, int port) {
    return """
    Port %d
    ListenAddress 127.0.0.1
    HostKey %s/host_key
    AuthorizedKeysFile %s/authorized_keys
    PidFile none
    StrictModes no
    UsePAM no
    PasswordAuthentication no
    """
        .formatted(port, folder, folder);
  }

  private static void key(Path file) throws IOException, InterruptedException {
    Process keygen =
        new ProcessBuilder(
                program("ssh-keygen"), "-q", "-t", "ed25519", "-N", "", "-f", file.toString())
            .inheritIO()
            .start();
    assertThat(keygen.waitFor()).isZero();
  }

  private static String program(String name) {
    return List.of("/usr/sbin", "/usr/bin", "/usr/local/sbin").stream()
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is missing: install openssh-server"))
        .toString();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean listens(int port) {
    try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  /// The command on the other side. The far shell parses what it gets, so each word is quoted.
  RemotePlace place(List<String> command) {
    List<String> argv = new ArrayList<>();
    argv.add(program("ssh"));
    argv.addAll(List.of("-F", "none", "-p", Integer.toString(port), "-i", folder + "/user_key"));
    argv.addAll(List.of("-o", "StrictHostKeyChecking=no", "-o", "BatchMode=yes"));
    argv.addAll(List.of("-o", "UserKnownHostsFile=" + folder + "/known_hosts"));
    argv.addAll(List.of("-o", "LogLevel=ERROR", "127.0.0.1"));
    argv.add(command.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" ")));
    return new RemotePlace.Program(argv, System.getenv(), Path.of("/"), Run.LIMIT);
  }

  @Override
  public void close() {
    server.destroy();
  }
}
