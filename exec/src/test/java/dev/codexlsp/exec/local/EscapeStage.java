package dev.codexlsp.exec.local;

import dev.codexlsp.exec.Run;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// What there is to break out to: files, sockets and a process of the user, none of which a
/// confined command may touch.
final class EscapeStage {
  private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);

  final Path workspace;
  private final Path outside;
  private final Path run;
  private final List<AutoCloseable> open = new ArrayList<>();
  private Process victim;
  private final Process others;
  private final int port4;
  private final int port6;
  private final String unique = "codex-lsp-escape-" + ProcessHandle.current().pid();

  EscapeStage(Path folder) throws Exception {
    Path real = folder.toRealPath();
    workspace = real.resolve("ws");
    outside = real.resolve("out");
    run = Files.createDirectory(real.resolve("run"));
    Files.createDirectory(outside);
    victim = start("exec sleep 1000");
    reset();
    for (String name : List.of("stream", "bus", "docker.sock", "agent")) {
      ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      channel.bind(UnixDomainSocketAddress.of(run.resolve(name)));
      open.add(channel);
    }
    port4 = listen(InetAddress.ofLiteral("127.0.0.1"));
    port6 = listen(InetAddress.ofLiteral("::1"));
    others = start("exec perl -MSocket -e '" + LISTENERS + "'");
    Run.await("the listeners", () -> Files.exists(run.resolve("ready")));
  }

  /// Sockets that Java does not know, and a piece of shared memory.
  private static final String LISTENERS =
      """
      socket(A, 1, 5, 0) && bind(A, pack_sockaddr_un("$ENV{RUN}/seqpacket")) && listen(A, 5) or die;
      socket(B, 1, 2, 0) && bind(B, pack_sockaddr_un("$ENV{RUN}/datagram")) or die;
      socket(C, 1, 1, 0) && bind(C, pack_sockaddr_un("\\0$ENV{ABSTRACT}")) && listen(C, 5) or die;
      $shm = shmget($ENV{SHM}, 100, 01600) // die;
      open(R, ">", "$ENV{RUN}/ready");
      sysread(STDIN, $b, 1);
      shmctl($shm, 0, 0);
      """;

  private int listen(InetAddress address) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.bind(new InetSocketAddress(address, 0));
    open.add(socket);
    return socket.getLocalPort();
  }

  private Process start(String script) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("/bin/bash", "-c", script);
    builder.directory(outside.toFile()).redirectErrorStream(true);
    builder.environment().putAll(basics());
    builder.environment().put("STAGE_SECRET", "token");
    return builder.start();
  }

  /// What the scripts know.
  Map<String, String> variables() {
    Map<String, String> variables = basics();
    variables.putAll(numbers());
    variables.put("PORT4", Integer.toString(port4));
    variables.put("PORT6", Integer.toString(port6));
    variables.put("SERVER", Long.toString(ProcessHandle.current().pid()));
    variables.put("VICTIM", Long.toString(victim.pid()));
    return variables;
  }

  private Map<String, String> basics() {
    Map<String, String> variables = new HashMap<>();
    variables.putAll(
        Map.of(
            "PATH", "/usr/sbin:/usr/bin:/sbin:/bin",
            "LC_ALL", "C",
            "WS", workspace.toString(),
            "OUT", outside.toString(),
            "RUN", run.toString(),
            "AGENT", home().toString(),
            "ABSTRACT", unique,
            "SHM", Long.toString(0x10000000L + ProcessHandle.current().pid())));
    return variables;
  }

  private static Map<String, String> numbers() {
    return System.getProperty("os.arch").equals("amd64")
        ? Map.of(
            "OPEN_BY_HANDLE_AT",
            "304",
            "KEYCTL",
            "250",
            "ADD_KEY",
            "248",
            "PTRACE",
            "101",
            "PROCESS_VM_READV",
            "310",
            "BPF",
            "321",
            "USERFAULTFD",
            "323",
            "SETXATTR",
            "188")
        : Map.of(
            "OPEN_BY_HANDLE_AT",
            "265",
            "KEYCTL",
            "219",
            "ADD_KEY",
            "217",
            "PTRACE",
            "117",
            "PROCESS_VM_READV",
            "270",
            "BPF",
            "280",
            "USERFAULTFD",
            "282",
            "SETXATTR",
            "5");
  }

  /// The home folder of the agent.
  Path home() {
    return workspace.resolve("agent-home");
  }

  /// The program files of the agent.
  Path program() {
    return workspace.resolve("program");
  }

  /// Everything as it was.
  void reset() throws Exception {
    for (Path each : List.of(workspace, Path.of(workspace + ".gone"))) {
      new LocalFiles().remove(each, true, true);
    }
    // Itself it stays: somebody works in it.
    for (String each : List.of("new", "kept")) {
      Files.deleteIfExists(outside.resolve(each));
    }
    Files.createDirectory(workspace);
    ProcessHandle.allProcesses()
        .filter(EscapeStage::isDaemon)
        .forEach(ProcessHandle::destroyForcibly);
    if (!victim.isAlive()) {
      victim = start("exec sleep 1000");
    }
    Files.writeString(outside.resolve("kept"), "kept");
    Files.setLastModifiedTime(outside.resolve("kept"), LONG_AGO);
    Files.createSymbolicLink(workspace.resolve("old-link"), outside);
    put(".git/config", "[core]\n\thooksPath = my-hooks\n[include]\n\tpath = ../shared.gitconfig\n");
    put(".git/hooks/pre-commit", "");
    put("my-hooks/pre-commit", "");
    put("shared.gitconfig", "");
    put("sub/.git", "gitdir: ../store/sub.git\n");
    put("store/sub.git/hooks/pre-commit", "");
    put("nested/.git/hooks/pre-commit", "");
    put("bare.git/HEAD", "");
    put("bare.git/config", "");
    put("bare.git/objects/x", "");
    put("bare.git/refs/x", "");
    put("bare.git/hooks/pre-commit", "");
    put(".codex/config.toml", "");
    put("agent-home/auth.json", "token");
    put("agent-home/config.toml", "");
    put("program/app.jar", "jar");
    put("deep/a.secret", "token");
  }

  private void put(String name, String text) throws IOException {
    Path file = workspace.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /// What an attack has done to the outside; empty for nothing.
  String damage() throws IOException {
    StringBuilder damage = new StringBuilder();
    Path kept = outside.resolve("kept");
    if (Files.exists(outside.resolve("new"))) {
      damage.append("something new outside; ");
    }
    if (!Files.exists(kept) || !Files.readString(kept).equals("kept")) {
      damage.append("a file outside is changed; ");
    } else if (!Files.getLastModifiedTime(kept).equals(LONG_AGO)) {
      damage.append("a time outside is changed; ");
    }
    if (!victim.isAlive()) {
      damage.append("the other process is dead; ");
    }
    if (!diesSoon()) {
      damage.append("something runs on; ");
    }
    return damage.toString();
  }

  /// What is killed with its sandbox may outlive the last event by a moment.
  private static boolean diesSoon() {
    long end = System.nanoTime() + 2_000_000_000L;
    while (ProcessHandle.allProcesses().anyMatch(EscapeStage::isDaemon)) {
      if (System.nanoTime() > end) {
        return false;
      }
      LockSupport.parkNanos(5_000_000);
    }
    return true;
  }

  private static boolean isDaemon(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"))
          .startsWith("codex-lsp-escape\0");
    } catch (IOException _) {
      return false;
    }
  }

  void end() throws Exception {
    others.getOutputStream().close();
    others.waitFor();
    victim.destroyForcibly().waitFor();
    for (AutoCloseable one : open) {
      one.close();
    }
  }
}
