package dev.codexlsp.server.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// Makes the AOT cache that the launcher starts with: it plays a session with the packaged server
/// and lets the JVM write down which classes that took.
///
/// Run by the build, on the JDK that the cache will be for. When it fails, the build goes on with a
/// warning, because the cache only saves time.
public final class TrainingSession {
  private static final Duration BOUND = Duration.ofMinutes(1);

  private TrainingSession() {}

  /// Trains for the JDK it runs on; the argument is the folder of the packaged jar.
  public static void main(String[] args) throws IOException {
    Path target = Path.of(args[0]);
    Path cache = target.resolve(cacheName(Path.of(System.getProperty("java.home"))));
    Path fresh = target.resolve("codex-lsp.aot.new");
    Files.deleteIfExists(cache);
    try {
      train(target, fresh);
      Files.move(fresh, cache, StandardCopyOption.ATOMIC_MOVE);
      System.out.println("[INFO] start-up cache: " + cache.getFileName());
    } catch (Exception | AssertionError failure) {
      System.out.println("[WARNING] no start-up cache, the server will start slower: " + failure);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /// The name that the launcher looks for; it makes the same from the same two lines.
  static String cacheName(Path javaHome) throws IOException {
    Map<String, String> release = new HashMap<>();
    for (String line : Files.readAllLines(javaHome.resolve("release"))) {
      int equals = line.indexOf('=');
      release.put(line.substring(0, equals), line.substring(equals + 1).replace("\"", ""));
    }
    return "codex-lsp_%s_%s.aot"
        .formatted(
            release.get("JAVA_RUNTIME_VERSION"), release.getOrDefault("IMPLEMENTOR_VERSION", ""));
  }

  private static void train(Path target, Path fresh) throws Exception {
    // The profiles that a training also records are of no use to the one compiler we start with.
    String options =
        "-XX:AOTCacheOutput=%s -XX:+UnlockDiagnosticVMOptions -XX:+IgnoreUnrecognizedVMOptions -XX:-AOTRecordTraining"
            .formatted(fresh.getFileName());
    Path home = Files.createTempDirectory("codex-lsp-training-");
    try (ServerProcess server =
        ServerProcess.start(target, ServerProcess.LAUNCHER, environment(options, home), "lsp")) {
      play(server, home);
      int status = server.exitStatus(BOUND);
      if (status != 0 || !Files.isRegularFile(fresh)) {
        throw new IOException("status " + status + ", " + server.rest() + server.stderr());
      }
    } finally {
      Files.deleteIfExists(home);
    }
  }

  /// Nothing of the user's may be read or written by a build.
  private static Map<String, String> environment(String options, Path home) {
    return Map.of(
        "CODEX_LSP_JAVA_OPTS", options, "CODEX_HOME", home.toString(), "HOME", home.toString());
  }

  /// What every editor does, and no more: the JVM loads all that was trained at each start, so a
  /// turn in here would cost every start the classes of a turn.
  private static void play(ServerProcess server, Path workspace) throws Exception {
    server.initialize(
        """
        {'processId':%d,'clientInfo':{'name':'training','version':'1'},
         'capabilities':{'window':{'workDoneProgress':true,'showMessage':{}}},
         'workspaceFolders':[{'uri':'%s','name':'workspace'}],
         'initializationOptions':{'codex':{'title':'Training','approvals':true,
          'experimentalApi':false,'optOutNotificationMethods':[]}}}
        """
            .formatted(ProcessHandle.current().pid(), workspace.toUri()));
    server.shutdownAndExit();
  }
}
