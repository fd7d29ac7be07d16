package dev.codexlsp.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The script, and the command line behind it. JDKs that only print how they were called stand in
/// for real ones where the choice between them is the point.
class LauncherIT {
  @TempDir Path folder;

  private record Result(int status, String out, String err) {}

  private Result run(Map<String, String> environment, String... command) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("still running: " + String.join(" ", command));
    }
    return new Result(
        process.exitValue(),
        Files.readString(folder.resolve("out")),
        Files.readString(folder.resolve("err")));
  }

  private static Map<String, String> realJdk() {
    return Map.of(
        "CODEX_LSP_JAVA_HOME", System.getProperty("java.home"), "PATH", System.getenv("PATH"));
  }

  /// A folder that looks like a JDK; its `java` prints its own name, the locale and its arguments.
  private Path fakeJdk(String name, String version) throws IOException {
    Path home = Files.createDirectories(folder.resolve(name));
    Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
    Files.writeString(
        java,
        "#!/bin/sh\necho %s\necho \"locale ${LC_ALL:-} ${LC_CTYPE:-} ${LANG:-}\"\nprintf '%%s\\n' \"$@\"\n"
            .formatted(name));
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(
        home.resolve("release"),
        "IMPLEMENTOR=\"Fake\"\nJAVA_RUNTIME_VERSION=\"%s+1\"\nJAVA_VERSION=\"%s\"\nMODULES=\"a b\"\n"
            .formatted(version, version));
    return home;
  }

  @Test
  void helpAndVersion() throws Exception {
    Result help = run(realJdk(), ServerProcess.LAUNCHER.toString(), "--help");
    assertThat(help.status()).isZero();
    assertThat(help.err()).isEmpty();
    assertThat(help.out())
        .startsWith("Usage: codex-lsp [-hV] [--stdio] [-p=NAME] [-c=KEY=VALUE]... [COMMAND]\n")
        .contains("CODEX_LSP_LOG");
    assertThat(run(realJdk(), ServerProcess.LAUNCHER.toString(), "--version"))
        .isEqualTo(new Result(0, "codex-lsp 0.1.0\n", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "--frobnicate, --frobnicate, codex-lsp",
    "frobnicate, frobnicate, codex-lsp",
    "--stdio x, x, codex-lsp",
    "lsp --frobnicate, --frobnicate, codex-lsp lsp",
    "lsp --stdio x, x, codex-lsp lsp"
  })
  void unknownArguments(String arguments, String unknown, String command) throws Exception {
    String line = ServerProcess.LAUNCHER + " " + arguments;
    assertThat(run(realJdk(), line.split(" ", -1)))
        .isEqualTo(
            new Result(
                2,
                "",
                "codex-lsp: unknown argument: %s\ntry: %s --help\n".formatted(unknown, command)));
  }

  static Stream<List<String>> shells() {
    return Stream.of(
            List.of("/bin/sh"),
            List.of("/bin/dash"),
            List.of("/bin/bash"),
            List.of("/bin/busybox", "sh"))
        .filter(shell -> Files.isExecutable(Path.of(shell.getFirst())));
  }

  @ParameterizedTest
  @MethodSource("shells")
  void runsUnderEveryShell(List<String> shell) throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("one"), ServerProcess.LAUNCHER);
    Path relative = Files.createSymbolicLink(folder.resolve("two"), link.getFileName());
    Stream<String> command =
        Stream.concat(shell.stream(), Stream.of(relative.toString(), "--version"));
    assertThat(run(realJdk(), command.toArray(String[]::new)))
        .isEqualTo(new Result(0, "codex-lsp 0.1.0\n", ""));
  }

  @Test
  void passesWhatTheJvmNeeds() throws Exception {
    Path jdk = fakeJdk("jdk", "25.0.1");
    Result result =
        run(
            Map.of("JAVA_HOME", jdk.toString(), "CODEX_LSP_JAVA_OPTS", "-Da=* -Db", "PATH", "/bin"),
            ServerProcess.LAUNCHER.toString(),
            "lsp",
            "two words");
    Path jar = ServerProcess.LAUNCHER.resolveSibling("../lsp-server/target/codex-lsp.jar");
    assertThat(result)
        .isEqualTo(
            new Result(
                0,
                """
                jdk
                locale  C.UTF-8\s
                -XX:+UseSerialGC
                -Xms24m
                -XX:TieredStopAtLevel=1
                -XX:CompileCommand=quiet
                -XX:CompileCommand=CompileThresholdScaling,jdk.internal.net.http.*::*,0.1
                -XX:CompileCommand=CompileThresholdScaling,sun.nio.ch.*::*,0.1
                -XX:CompileCommand=CompileThresholdScaling,java.nio.*::*,0.1
                -XX:CompileCommand=CompileThresholdScaling,java.util.concurrent.*::*,0.1
                -XX:CompileCommand=CompileThresholdScaling,java.lang.VirtualThread*::*,0.1
                -XX:CompileCommand=CompileThresholdScaling,jdk.internal.vm.*::*,0.1
                -XX:CompileCommand=CompileThresholdScaling,dev.codexlsp.*::*,0.1
                -XX:-UsePerfData
                -XX:+DisableAttachMechanism
                -Xlog:disable
                -Xlog:all=warning:stderr
                --enable-native-access=ALL-UNNAMED
                -Djdk.httpclient.allowRestrictedHeaders=host
                -Da=*
                -Db
                -cp
                %s
                dev.codexlsp.server.Main
                lsp
                two words
                """
                    .formatted(jar),
                ""));
  }

  @Test
  void givesAnExecServerRoomForOutput() throws Exception {
    Path jdk = fakeJdk("jdk", "25.0.1");

    Result result =
        run(
            Map.of("JAVA_HOME", jdk.toString(), "PATH", "/bin"),
            ServerProcess.LAUNCHER.toString(),
            "exec-server");

    assertThat(result.out().lines())
        .contains("-Xmx512m", "-XX:CompileThresholdScaling=0.1", "exec-server")
        .doesNotContain("-Xms24m", "-XX:CompileCommand=quiet");
  }

  @ParameterizedTest
  @CsvSource({
    "LANG, de_DE.UTF-8, locale   de_DE.UTF-8",
    "LANG, C, locale  C.UTF-8 C",
    "LANG, de_DE.ISO-8859-1, locale  C.UTF-8 de_DE.ISO-8859-1",
    "LC_CTYPE, de_DE@euro, locale  C.UTF-8",
    "LC_ALL, POSIX, locale C.UTF-8  ",
    "LC_ALL, en_US.UTF-8, locale en_US.UTF-8  ",
  })
  void leavesALocaleThatWorks(String variable, String value, String locale) throws Exception {
    Map<String, String> environment = new TreeMap<>(Map.of("PATH", "/bin", variable, value));
    environment.put("JAVA_HOME", fakeJdk("jdk", "25").toString());
    assertThat(
            run(environment, ServerProcess.LAUNCHER.toString())
                .out()
                .lines()
                .toList()
                .get(1)
                .strip())
        .isEqualTo(locale.strip());
  }

  @ParameterizedTest(name = "CODEX_LSP_JAVA_HOME={0} JAVA_HOME={1} PATH={2}")
  @CsvSource({
    "25, 26, 27, 25",
    "'', 26, 27, 26",
    "'', 17, 27, 27",
    "'', '', 27, 27",
    "'', 26-ea, 27, 26-ea",
    "'', 1.8.0_402, 25.0.2, 25.0.2",
  })
  void choosesTheJdk(String own, String javaHome, String onPath, String chosen) throws Exception {
    Map<String, String> environment = new TreeMap<>();
    if (!own.isEmpty()) {
      environment.put("CODEX_LSP_JAVA_HOME", fakeJdk(own, own).toString());
    }
    if (!javaHome.isEmpty()) {
      environment.put("JAVA_HOME", fakeJdk(javaHome, javaHome).toString());
    }
    // As alternatives do it: the program on the path is a link to a link.
    Path target = fakeJdk(onPath, onPath).resolve("bin").resolve("java");
    Path alternative = Files.createSymbolicLink(folder.resolve("alternative"), target);
    Path bin = Files.createDirectory(folder.resolve("bin"));
    Files.createSymbolicLink(bin.resolve("java"), alternative);
    environment.put("PATH", "/nowhere:" + bin + ":/bin:/usr/bin");
    assertThat(run(environment, ServerProcess.LAUNCHER.toString()).out().lines().findFirst())
        .contains(chosen);
  }

  @Test
  void saysWhatIsMissing() throws Exception {
    Path old = fakeJdk("old", "21");
    assertThat(
            run(
                Map.of("CODEX_LSP_JAVA_HOME", old.toString(), "PATH", "/bin"),
                ServerProcess.LAUNCHER.toString()))
        .isEqualTo(
            new Result(
                1, "", "codex-lsp: CODEX_LSP_JAVA_HOME is no JDK 25 or later: " + old + "\n"));
  }

  @Test
  void withoutAJarThereMustBeACheckout() throws Exception {
    Path bin = Files.createDirectories(folder.resolve("copy/bin"));
    Path launcher = Files.copy(ServerProcess.LAUNCHER, bin.resolve("codex-lsp"));
    assertThat(run(Map.of("PATH", "/bin"), launcher.toString()))
        .isEqualTo(
            new Result(
                1, "", "codex-lsp: " + bin + "/../lsp-server/target/codex-lsp.jar is missing\n"));
  }

  /// A stand-in for Maven that takes its time and makes an empty jar; two starts at once build
  /// once.
  @Test
  void buildsACheckoutOnce() throws Exception {
    Path bin = Files.createDirectories(folder.resolve("a checkout/bin"));
    Path launcher = Files.copy(ServerProcess.LAUNCHER, bin.resolve("codex-lsp"));
    Path target = Files.createDirectories(folder.resolve("a checkout/lsp-server/target"));
    Files.writeString(folder.resolve("a checkout/pom.xml"), "<project/>");
    Path tools = Files.createDirectories(folder.resolve("tools"));
    Path maven = tools.resolve("mvn");
    Files.writeString(
        maven,
        "#!/bin/sh\necho built \"$4\"\nsleep 1\n: > '%s'\n"
            .formatted(target.resolve("codex-lsp.jar")));
    Files.setPosixFilePermissions(maven, PosixFilePermissions.fromString("rwxr-xr-x"));
    Map<String, String> environment =
        Map.of("JAVA_HOME", fakeJdk("jdk", "25").toString(), "PATH", tools + ":/bin:/usr/bin");
    Result result =
        run(environment, "/bin/sh", "-c", "'%s' & '%s'; wait".formatted(launcher, launcher));
    assertThat(result.status()).isZero();
    assertThat(result.out().lines().filter("jdk"::equals)).hasSize(2);
    assertThat(result.err())
        .isEqualTo("codex-lsp: building, this takes a minute\nbuilt " + bin + "/../pom.xml\n");
    try (Stream<Path> left = Files.list(target.getParent())) {
      assertThat(left).containsExactly(target);
    }
  }
}
