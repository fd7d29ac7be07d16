package dev.codexlsp.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codexlsp.exec.remote.RemotePlace;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What `environments.toml` and its variable mean, and what is said when they are wrong.
class EnvironmentsConfigTest {
  private static final Path USER_HOME = Path.of("/home/me");
  private static final Path HERE = Path.of("").toAbsolutePath();
  private static final Duration DEFAULT = Duration.ofSeconds(10);

  @TempDir Path home;
  Path file;

  @BeforeEach
  void name() {
    file = home.resolve("environments.toml");
  }

  @Test
  void everyKey() throws Exception {
    Files.writeString(
        file,
        """
        default = "devbox"
        include_local = false

        [[environments]]
        id = "devbox"
        url = "wss://dev.example:8765/exec?x=1"
        auth_bearer_token = "s3cret"
        connect_timeout_sec = 5
        initialize_timeout_sec = 6

        [[environments]]
        id = "over-ssh_2"
        program = "ssh"
        args = ["dev", "codex-lsp exec-server --listen stdio"]
        env = { LC_ALL = "C", LANG = "de" }
        cwd = "keys"
        initialize_timeout_sec = 7
        skills = { anything = true }
        """);
    Map<String, String> variables =
        Map.of("PATH", "/bin", "LANG", "C", "OPENAI_API_KEY", "k", "SSH_AUTH_SOCK", "/tmp/s");

    EnvironmentsConfig config = load(variables);

    assertThat(config)
        .isEqualTo(
            new EnvironmentsConfig(
                "devbox",
                false,
                Map.of(
                    "devbox",
                    new RemotePlace.Socket(
                        URI.create("wss://dev.example:8765/exec?x=1"),
                        "s3cret",
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(6)),
                    "over-ssh_2",
                    new RemotePlace.Program(
                        List.of("ssh", "dev", "codex-lsp exec-server --listen stdio"),
                        Map.of(
                            "PATH", "/bin", "LANG", "de", "LC_ALL", "C", "SSH_AUTH_SOCK", "/tmp/s"),
                        home.resolve("keys"),
                        Duration.ofSeconds(7)))));
    assertThat(config.toString()).doesNotContain("s3cret");
  }

  @Test
  void whatIsLeftOut() throws Exception {
    Files.writeString(
        file,
        """
        [[environments]]
        id = "a"
        url = "ws://127.0.0.1:1"
        [[environments]]
        id = "b"
        program = "ssh"
        """);

    assertThat(load(Map.of()))
        .isEqualTo(
            new EnvironmentsConfig(
                "local",
                true,
                Map.of(
                    "a",
                    new RemotePlace.Socket(URI.create("ws://127.0.0.1:1"), null, DEFAULT, DEFAULT),
                    "b",
                    new RemotePlace.Program(List.of("ssh"), Map.of(), HERE, DEFAULT))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                         | local | true
          default = 'local'                          | local | true
          default = 'none'                           |       | true
          include_local = false                      |       | false
          """)
  void theDefault(String text, @Nullable String id, boolean local) throws Exception {
    Files.writeString(file, text);

    assertThat(load(Map.of())).isEqualTo(new EnvironmentsConfig(id, local, Map.of()));
  }

  @Test
  void spacesFractionsAndCapitalsAsInTheOriginal() throws Exception {
    Files.writeString(
        file,
        """
        default = " None "
        [[environments]]
        id = "a"
        url = " ws://localhost:1 "
        auth_bearer_token = "t"
        connect_timeout_sec = 0.5
        initialize_timeout_sec = 2.0
        [[environments]]
        id = "b"
        program = " ssh "
        """);

    assertThat(load(Map.of()))
        .isEqualTo(
            new EnvironmentsConfig(
                null,
                true,
                Map.of(
                    "a",
                    new RemotePlace.Socket(
                        URI.create("ws://localhost:1"),
                        "t",
                        Duration.ofMillis(500),
                        Duration.ofSeconds(2)),
                    "b",
                    new RemotePlace.Program(List.of("ssh"), Map.of(), HERE, DEFAULT))));
  }

  @Test
  void theVariable() throws Exception {
    assertThat(load(Map.of())).isEqualTo(EnvironmentsConfig.LOCAL_ONLY);
    assertThat(load(Map.of("CODEX_EXEC_SERVER_URL", " "))).isEqualTo(EnvironmentsConfig.LOCAL_ONLY);
    for (String none : List.of("none", "NONE")) {
      assertThat(load(Map.of("CODEX_EXEC_SERVER_URL", none)))
          .isEqualTo(new EnvironmentsConfig(null, false, Map.of()));
    }
    assertThat(load(Map.of("CODEX_EXEC_SERVER_URL", "ws://127.0.0.1:8765")))
        .isEqualTo(
            new EnvironmentsConfig(
                "remote",
                false,
                Map.of(
                    "remote",
                    new RemotePlace.Socket(
                        URI.create("ws://127.0.0.1:8765"), null, DEFAULT, DEFAULT))));
  }

  @Test
  void theFileGoesBeforeTheVariable() throws Exception {
    Files.writeString(file, "");

    assertThat(load(Map.of("CODEX_EXEC_SERVER_URL", "none")))
        .isEqualTo(EnvironmentsConfig.LOCAL_ONLY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:1", "127.0.0.1:1", "ws://", "ws:// x", "nonsense"})
  void aVariableThatIsNoUrl(String url) {
    assertThatThrownBy(() -> load(Map.of("CODEX_EXEC_SERVER_URL", url)))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "the environment variable CODEX_EXEC_SERVER_URL must be a ws:// or wss:// URL with a"
                + " host, or none");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bogus = 1                                 | 1: bogus is not a key that is known here
          default = 'x'                             | 1: default names the environment "x", which is not described
          include_local = false;default = 'local'   | 2: default names the environment "local", which is not described
          include_local = 'no'                      | 1: include_local must be true or false
          environments = 1                          | 1: environments must be an array of tables
          environments = [1]                        | 1: environments must be an array of tables
          [[environments]];url = 'ws://h'           | 1: environments[0].id is not set
          [[environments]];id = 1                   | 2: environments[0].id must be a string
          [[environments]];id = 'local';url = 'ws://h' | 2: environments[0].id must not be local, which is reserved
          [[environments]];id = 'none';url = 'ws://h'  | 2: environments[0].id must not be none, which is reserved
          [[environments]];id = 'a b';url = 'ws://h'   | 2: environments[0].id must be 1 to 64 letters, digits, - or _, not "a b"
          [[environments]];id = 'a'                 | 1: environments[0].url or program must be set, and not both
          [[environments]];id = 'a';url = 'ws://h';program = 'p' | 3: environments[0].url or program must be set, and not both
          [[environments]];id = 'a';url = 'http://u:pw@h' | 3: environments[0].url must be a ws:// or wss:// URL with a host
          [[environments]];id = 'a';url = 'ws://h';args = ['x'] | 4: environments[0].args belongs to an environment with a program
          [[environments]];id = 'a';program = 'p';connect_timeout_sec = 1 | 4: environments[0].connect_timeout_sec belongs to an environment with a url
          [[environments]];id = 'a';program = 'p';auth_bearer_token = 't' | 4: environments[0].auth_bearer_token belongs to an environment with a url
          [[environments]];id = 'a';url = 'ws://h';auth_bearer_token = 't t' | 4: environments[0].auth_bearer_token holds characters that cannot be sent
          [[environments]];id = 'a';url = 'ws://h';connect_timeout_sec = 0 | 4: environments[0].connect_timeout_sec must be more than 0 and at most 3600, not 0
          [[environments]];id = 'a';url = 'ws://h';connect_timeout_sec = nan | 4: environments[0].connect_timeout_sec must be more than 0 and at most 3600, not NaN
          [[environments]];id = 'a';url = 'ws://h';initialize_timeout_sec = 3600.5 | 4: environments[0].initialize_timeout_sec must be more than 0 and at most 3600, not 3600.5
          [[environments]];id = 'a';url = 'ws://h';auth_bearer_token = 't' | 3: environments[0].url must be a wss:// URL, or one of this machine, because a token is sent there
          [[environments]];id = 'a';url = 'ws://127.0.0.1.example';auth_bearer_token = 't' | 3: environments[0].url must be a wss:// URL, or one of this machine, because a token is sent there
          [[environments]];id = 'a';url = 'ws://h:99999' | 3: environments[0].url must have a port between 1 and 65535
          [[environments]];id = 'a';url = 'ws://h:0' | 3: environments[0].url must have a port between 1 and 65535
          [[environments]];id = 'None';url = 'ws://h'  | 2: environments[0].id must not be None, which is reserved
          [[environments]];id = 'a';program = ' '   | 3: environments[0].program must not be empty
          [[environments]];id = 'a';program = 'p';env = { 'A=B' = 'c' } | 4: environments[0].env names a variable that cannot be: "A=B"
          [[environments]];id = 'a';program = 'p';env = { '' = 'c' } | 4: environments[0].env names a variable that cannot be: ""
          [[environments]];id = 'a';program = 'p';env = { A = "x\\u0000y" } | 4: environments[0].env has a value that cannot be passed on: that of A
          [[environments]];id = 'a';url = 'ws://h';connect_timeout_ms = 1  | 4: environments[0].connect_timeout_ms is not a key that is known here
          [[environments]];id = 'a';url = 'ws://h';[[environments]];id = 'a';url = 'ws://h' | 5: environments[1].id is used twice: "a"
          [[environments]];id = 'a';program = 'p';args = 'x' | 4: environments[0].args must be an array of strings
          [[environments]];id = 'a';program = 'p';env = { A = 1 } | 4: environments[0].env.A must be a string
          [[environments]                           | 1: not valid TOML:
          """)
  void whatIsWrong(String lines, String message) throws Exception {
    Files.writeString(file, lines.replace(";", "\n"));

    assertThatThrownBy(() -> load(Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(file + ":" + message)
        .hasMessageNotContaining("pw");
  }

  @Test
  void aFolderInItsPlaceIsAnError() throws Exception {
    Files.createDirectory(file);

    assertThatThrownBy(() -> load(Map.of("CODEX_EXEC_SERVER_URL", "ws://127.0.0.1:1")))
        .hasMessage(file + ": is not a file");
  }

  @Test
  void aLinkToNowhereIsAnError() throws Exception {
    Files.createSymbolicLink(file, home.resolve("missing"));

    assertThatThrownBy(() -> load(Map.of()))
        .hasMessage(file + ": is a link to a file that does not exist");
  }

  private EnvironmentsConfig load(Map<String, String> variables) throws ConfigException {
    return new EnvironmentsLoader(home, USER_HOME, new HashMap<>(variables))
        .load(Config.defaults(home.resolve("config.toml")));
  }
}
