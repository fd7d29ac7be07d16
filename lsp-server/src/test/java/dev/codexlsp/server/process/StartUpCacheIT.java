package dev.codexlsp.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The cache is used when it fits; when it does not, the server starts without it, and nothing but
/// the protocol is on standard output.
class StartUpCacheIT {
  /// Makes a JVM that cannot use the cache end at once.
  private static final Map<String, String> REQUIRED =
      Map.of("CODEX_LSP_JAVA_OPTS", "-XX:AOTMode=on");

  private static final Path TARGET = Path.of("target").toAbsolutePath();

  @TempDir Path folder;
  private Path launcher;
  private Path jar;
  private Path cache;

  /// A checkout of its own, reduced to what a start needs, at another place than the trained one.
  @BeforeEach
  void copyCheckout() throws IOException {
    String name = TrainingSession.cacheName(Path.of(System.getProperty("java.home")));
    Path target = Files.createDirectories(folder.resolve("lsp-server/target"));
    Path bin = Files.createDirectories(folder.resolve("bin"));
    launcher = copy(ServerProcess.LAUNCHER, bin.resolve("codex-lsp"));
    jar = copy(TARGET.resolve("codex-lsp.jar"), target.resolve("codex-lsp.jar"));
    cache = copy(TARGET.resolve(name), target.resolve(name));
  }

  private static Path copy(Path from, Path to) throws IOException {
    return Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
  }

  private int session(Map<String, String> environment) throws Exception {
    try (ServerProcess server = ServerProcess.start(folder, launcher, environment)) {
      server.initialize("{}");
      server.shutdownAndExit();
      int status = server.exitStatus();
      assertThat(server.rest()).isEmpty();
      return status;
    }
  }

  @Test
  void isUsed() throws Exception {
    assertThat(session(REQUIRED)).isZero();
  }

  @Test
  void isUsedInPlace() throws Exception {
    launcher = ServerProcess.LAUNCHER;
    assertThat(session(REQUIRED)).isZero();
  }

  @Test
  void isOptional() throws Exception {
    Files.delete(cache);
    assertThat(session(Map.of())).isZero();
  }

  @Test
  void isNotUsedForANewerJar() throws Exception {
    Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(10)));
    assertThat(session(Map.of())).isZero();
  }

  @Test
  void isNotUsedForAnotherJarOfTheSameAge() throws Exception {
    FileTime before = Files.getLastModifiedTime(jar);
    Files.write(jar, new byte[] {0}, StandardOpenOption.APPEND);
    Files.setLastModifiedTime(jar, before);
    assertThat(session(Map.of())).isZero();
  }

  @Test
  void mayBeCutShort() throws Exception {
    byte[] whole = Files.readAllBytes(cache);
    for (int length : new int[] {0, 100, whole.length / 2, whole.length - 1}) {
      Files.write(cache, java.util.Arrays.copyOf(whole, length));
      assertThat(session(Map.of())).as("%d bytes", length).isZero();
    }
  }

  @Test
  void mayBeNonsense() throws Exception {
    Files.writeString(cache, "nonsense".repeat(1000));
    assertThat(session(Map.of())).isZero();
  }

  /// The same JVM under another version: the launcher then looks for another file.
  @Test
  void isNotUsedForAnotherJdk() throws Exception {
    Path home = Files.createDirectories(folder.resolve("jdk"));
    Path real = Path.of(System.getProperty("java.home"));
    for (String part : new String[] {"bin", "lib", "conf"}) {
      Files.createSymbolicLink(home.resolve(part), real.resolve(part));
    }
    String release = Files.readString(real.resolve("release"));
    Files.writeString(
        home.resolve("release"),
        release.replaceFirst("JAVA_RUNTIME_VERSION=\"", "JAVA_RUNTIME_VERSION=\"99-"));
    Map<String, String> other = Map.of("CODEX_LSP_JAVA_HOME", home.toString());
    assertThat(session(other)).isZero();
    assertThat(TrainingSession.cacheName(home)).isNotEqualTo(cache.getFileName().toString());
  }
}
