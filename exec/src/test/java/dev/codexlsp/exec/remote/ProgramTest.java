package dev.codexlsp.exec.remote;

import static dev.codexlsp.exec.remote.Commands.all;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codexlsp.exec.ExecException;
import dev.codexlsp.exec.ExecProcess;
import dev.codexlsp.exec.ProcessEvent;
import dev.codexlsp.exec.ProcessSpec;
import dev.codexlsp.exec.Run;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A remote place behind a program's pipes: what is said when the program is not what it should be,
/// and that it ends with its backend.
@Timeout(60)
class ProgramTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(500);
  private static final Timing TIMING = new Timing(LIMIT, LIMIT, LIMIT, SHORT, SHORT, SHORT, SHORT);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          echo 'ssh: Could not resolve hostname nowhere' >&2; exit 255 | cannot use the exec-server behind sh: sh has ended with status 255: ssh: Could not resolve hostname nowhere
          echo first >&2; echo; echo last >&2; echo >&2; exit 3 | cannot use the exec-server behind sh: sh has ended with status 3: last
          exit 0                           | cannot use the exec-server behind sh: sh has ended with status 0
          kill -9 $$                       | cannot use the exec-server behind sh: sh has ended with status 137
          echo 'Welcome to Debian'; cat >/dev/null | the exec-server behind sh does not speak the exec-server protocol: it said "Welcome to Debian"
          echo 'Content-Length: 20'; cat >/dev/null | the exec-server behind sh does not speak the exec-server protocol: it said "Content-Length: 20"
          exec cat                         | the exec-server behind sh does not speak the exec-server protocol: it repeats what it is told
          head -c 2000000 /dev/zero >&2; exit 4 | cannot use the exec-server behind sh: sh has ended with status 4
          exec sleep 30                    | cannot use the exec-server behind sh: no answer to initialize within 500 ms
          exec 1>&-; exec sleep 30         | cannot use the exec-server behind sh: sh has closed its output
          """)
  void aProgramThatIsNoExecServer(String script, String message) {
    try (RemoteBackend backend = backend(SHORT, "sh", "-c", script)) {
      assertThatThrownBy(backend::surroundings)
          .isInstanceOf(ExecException.class)
          .hasMessageStartingWith(message);
    }
  }

  @Test
  void aProgramThatDoesNotExist() {
    try (RemoteBackend backend = backend(LIMIT, "no-such-ssh", "host")) {
      assertThatThrownBy(backend::surroundings)
          .hasMessage("cannot start no-such-ssh: there is no such program");
    }
  }

  @Test
  void aProgramThatMayNotBeStarted() throws Exception {
    Path plain = Files.writeString(folder.resolve("plain"), "text");
    try (RemoteBackend backend = backend(LIMIT, plain.toString())) {
      assertThatThrownBy(backend::surroundings)
          .hasMessage("cannot start " + plain + ": Permission denied");
    }
  }

  @Test
  void aFolderThatDoesNotExist() {
    Path missing = folder.resolve("missing");
    RemotePlace place = new RemotePlace.Program(List.of("sh"), Map.of(), missing, LIMIT);
    try (RemoteBackend backend = new RemoteBackend(place, TIMING, () -> null)) {
      assertThatThrownBy(backend::surroundings)
          .hasMessage("cannot start sh: there is no folder " + missing);
    }
  }

  @Test
  void theProgramGetsItsEnvironmentAndFolder() throws Exception {
    Path told = folder.resolve("told");
    RemotePlace place =
        new RemotePlace.Program(
            List.of("sh", "-c", "echo $A $PWD $HOME > " + told), Map.of("A", "b"), folder, LIMIT);
    try (RemoteBackend backend = new RemoteBackend(place, TIMING, () -> null)) {
      assertThatThrownBy(backend::surroundings).isInstanceOf(ExecException.class);
    }
    assertThat(Files.readString(told)).isEqualTo("b " + folder.toRealPath() + "\n");
  }

  @Test
  void aVariableThatCannotBeIsToldAndNotWaitedFor() {
    for (Map<String, String> environment : List.of(Map.of("A=B", "c"), Map.of("A", "b\0c"))) {
      RemotePlace place = new RemotePlace.Program(List.of("cat"), environment, Path.of("/"), LIMIT);
      try (RemoteBackend backend = new RemoteBackend(place, TIMING, () -> null)) {
        assertThatThrownBy(backend::surroundings)
            .hasMessage(
                "cannot start cat: its environment has a variable that cannot be passed on");
      }
    }
  }

  @Test
  void aProgramThatReadsNoMoreHoldsNobodyUp() throws Exception {
    Timing impatient = new Timing(LIMIT, SHORT, LIMIT, SHORT, SHORT, SHORT, SHORT);
    try (RemoteBackend backend =
        new RemoteBackend(greeting("exec sleep 60"), impatient, () -> null)) {
      backend.surroundings();
      List<Thread> starters = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        starters.add(
            Thread.ofVirtual()
                .start(() ->
                    assertThatThrownBy(() -> backend.start(sh("y".repeat(60_000))))
                        .hasMessageEndingWith("no answer to process/start within 500 ms")));
      }
      for (Thread starter : starters) {
        assertThat(starter.join(Duration.ofSeconds(5))).isTrue();
      }
    }
  }

  @Test
  void aProgramThatFellSilentIsNoticed() throws Exception {
    Timing watchful = new Timing(SHORT, LIMIT, SHORT, SHORT, SHORT, SHORT, SHORT);
    String start =
        "read l; read l; echo '{\"id\":2,\"result\":{\"processId\":\"p\"}}'; exec sleep 60";
    try (RemoteBackend backend = new RemoteBackend(greeting(start), watchful, () -> null)) {
      assertThat(all(backend.start(sh("true"))))
          .singleElement()
          .isInstanceOfSatisfying(
              ProcessEvent.Lost.class,
              lost -> assertThat(lost.reason()).contains("no sign of life for 1 s"));
    }
  }

  private static RemotePlace greeting(String then) {
    String hello =
        "{\"id\":1,\"result\":{\"sessionId\":\"s\",\"environmentInfo\":"
            + "{\"shell\":{\"name\":\"sh\",\"path\":\"/bin/sh\"}}}}";
    return new RemotePlace.Program(
        List.of("sh", "-c", "read l; echo '" + hello + "'; " + then),
        Map.of("PATH", "/usr/bin:/bin"),
        Path.of("/"),
        LIMIT);
  }

  @Test
  void whatTheProgramHasStartedEndsWithIt() throws Exception {
    Path pid = folder.resolve("pid");
    RemoteBackend backend = backend(SHORT, "sh", "-c", "sleep 1000 & echo $! > " + pid + "; wait");
    assertThatThrownBy(backend::surroundings).isInstanceOf(ExecException.class);
    long number = Long.parseLong(Files.readString(pid).strip());

    backend.close();

    Run.await("the end of the grandchild", () -> !Run.isAlive(number));
  }

  @Test
  void aStubbornProgramIsKilledWithItsBackend() throws Exception {
    Path pid = folder.resolve("pid");
    RemoteBackend backend =
        backend(
            SHORT, "sh", "-c", "trap '' TERM; echo $$ > " + pid + "; while :; do sleep 1; done");
    assertThatThrownBy(backend::surroundings).isInstanceOf(ExecException.class);
    long number = Long.parseLong(Files.readString(pid).strip());

    backend.close();

    Run.await("the end of the program", () -> !Run.isAlive(number));
  }

  @Test
  void aCommandThroughOurOwnServer() throws Exception {
    try (RemoteBackend backend = backend(LIMIT, StdioExecServer.argv().toArray(String[]::new))) {
      assertThat(backend.surroundings().os()).isEqualTo("linux");
      List<ProcessEvent> events = all(backend.start(sh("echo out; exit 17")));

      assertThat(events).hasSize(3);
      assertThat(events).last().isEqualTo(new ProcessEvent.Closed(3, true));
      assertThat(events)
          .filteredOn(ProcessEvent.Exited.class::isInstance)
          .singleElement()
          .extracting(event -> ((ProcessEvent.Exited) event).exitCode())
          .isEqualTo(17);
    }
  }

  @Test
  void aKilledServerIsStartedAgainButItsProcessesAreLost() throws Exception {
    try (RemoteBackend backend = backend(LIMIT, StdioExecServer.argv().toArray(String[]::new))) {
      ExecProcess process = backend.start(sh("echo $PPID; exec sleep 1000"));
      ProcessEvent.Output told =
          (ProcessEvent.Output) Objects.requireNonNull(process.next(LIMIT), "no output came");
      String server = StandardCharsets.UTF_8.decode(told.bytes()).toString().strip();
      ProcessHandle.of(Long.parseLong(server)).orElseThrow().destroyForcibly();

      assertThat(all(process))
          .singleElement()
          .isInstanceOfSatisfying(
              ProcessEvent.Lost.class,
              lost ->
                  assertThat(lost.reason())
                      .contains("has ended with status 137", "could not resume", "refused"));
      assertThat(all(backend.start(sh("exit 3")))).hasSize(2);
    }
  }

  private static RemoteBackend backend(Duration initialize, String... argv) {
    return new RemoteBackend(
        new RemotePlace.Program(
            List.of(argv), Map.of("PATH", "/usr/bin:/bin"), Path.of("/"), initialize),
        TIMING,
        () -> null);
  }

  private static ProcessSpec sh(String script) {
    return new ProcessSpec(
        List.of("sh", "-c", script), Path.of("/"), Map.of("PATH", "/usr/bin:/bin"));
  }
}
