package dev.codexlsp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codexlsp.exec.server.ws.WsAuth;
import dev.codexlsp.server.ExecServerOptions.Listen;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the options say, as the command line reads them.
class ExecServerOptionsTest {
  @TempDir private Path folder;

  private ExecServerOptions options(String... words) {
    List<String> line = new ArrayList<>(List.of("exec-server"));
    Arrays.stream(words).map(word -> word.replace("$", folder + "/")).forEach(line::add);
    List<ExecServerOptions> options = new ArrayList<>();
    CommandLineInterface.Commands commands =
        new CommandLineInterface.Commands(
            _ -> 9,
            (_, _) -> 9,
            read -> {
              options.add(read);
              return 7;
            },
            (prompt, acceptsAll) -> 9,
            isJson -> 9);
    assertThat(CommandLineInterface.run(line.toArray(String[]::new), commands)).isEqualTo(7);
    return options.getFirst();
  }

  @ParameterizedTest
  @CsvSource({
    "ws://127.0.0.1:0, 127.0.0.1, 0",
    "ws://0.0.0.0:65535, 0.0.0.0, 65535",
    "ws://[::1]:8765, ::1, 8765",
  })
  void listensAtAnAddress(String url, String host, int port) {
    assertThat(options("--listen", url).place()).isEqualTo(new Listen.WebSocket(host, port));
  }

  @Test
  void listensOnThisMachineUnlessToldOtherwise() {
    assertThat(options().place()).isEqualTo(new Listen.WebSocket("127.0.0.1", 0));
    assertThat(options("--listen", "stdio").place()).isEqualTo(new Listen.Stdio());
    assertThat(options("--listen", "stdio://").place()).isEqualTo(new Listen.Stdio());
    assertThat(options().limits().concurrentRequests()).isEqualTo(1);
    assertThat(options("--concurrent-requests", "8").limits().concurrentRequests()).isEqualTo(8);
    assertThatThrownBy(options("--concurrent-requests", "-1")::limits)
        .hasMessage("--concurrent-requests must be positive: -1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ws://localhost:0       | invalid websocket",
        "ws://127.0.0.1         | invalid websocket",
        "ws://127.0.0.1:        | invalid websocket",
        "ws://127.0.0.1:65536   | invalid websocket",
        "ws://127.0.0.1:-1      | invalid websocket",
        "ws://127.0.0.1:0/      | invalid websocket",
        "ws://127.0.0.1:0/x?y   | invalid websocket",
        "ws://u@127.0.0.1:0     | invalid websocket",
        "ws://127.1:0           | invalid websocket",
        "ws://                  | invalid websocket",
        "ws://a b               | invalid websocket",
        "wss://127.0.0.1:0      | unsupported",
        "http://127.0.0.1:0     | unsupported",
        "127.0.0.1:0            | unsupported",
        "STDIO                  | unsupported",
        "''                     | unsupported",
      })
  void refusesOtherPlaces(String url, String problem) {
    String expected =
        problem.equals("unsupported")
            ? "unsupported --listen URL `" + url + "`; expected ws://IP:PORT or stdio"
            : "invalid websocket --listen URL `" + url + "`; expected ws://IP:PORT";
    assertThatThrownBy(options("--listen", url)::place)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "''    | -     | false",
        "''    | 1     | true",
        "''    | true  | true",
        "''    | 0     | false",
        "''    | ''    | false",
        "''    | false | false",
        "''    | off   | false",
        "--exit-on-stdin-close | -     | true",
        "--exit-on-stdin-close | 0     | true",
      })
  void mayEndWithItsInput(String flag, @Nullable String variable, boolean ends) {
    Map<String, String> variables =
        variable == null ? Map.of() : Map.of("CODEX_EXEC_SERVER_EXIT_ON_STDIN_CLOSE", variable);
    assertThat((flag.isEmpty() ? options() : options(flag)).exitsOnStdinClose(variables))
        .isEqualTo(ends);
  }

  private WsAuth auth(String line) {
    return (line.isEmpty() ? options() : options(line.split(" ", -1))).auth().toAuth();
  }

  @Test
  void letsInWhomTheOptionsSay() throws Exception {
    Files.writeString(folder.resolve("token"), " sesame\n");
    Files.writeString(folder.resolve("secret"), "\t0123456789abcdef0123456789abcdef\n");
    assertThat(auth("")).isEqualTo(new WsAuth.None());
    WsAuth token = auth("--ws-auth capability-token --ws-token-file $token");
    assertThat(token.refusalOf("Bearer sesame")).isNull();
    assertThat(token.refusalOf("Bearer open")).isEqualTo("invalid websocket bearer token");
    WsAuth digest = auth("--ws-auth capability-token --ws-token-sha256 " + "0".repeat(64));
    assertThat(digest.refusalOf("Bearer sesame")).isEqualTo("invalid websocket bearer token");
    WsAuth signed = auth("--ws-auth signed-bearer-token --ws-shared-secret-file $secret");
    assertThat(signed.refusalOf("Bearer sesame")).isEqualTo("invalid websocket jwt");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--ws-issuer me"
            + "| websocket auth flags require --ws-auth capability-token or --ws-auth"
            + " signed-bearer-token",
        "--ws-auth basic"
            + "| invalid value `basic` for --ws-auth; expected capability-token or"
            + " signed-bearer-token",
        "--ws-auth capability-token"
            + "| --ws-token-file or --ws-token-sha256 is required with --ws-auth capability-token",
        "--ws-auth capability-token --ws-token-file $token --ws-token-sha256 00"
            + "| --ws-token-file and --ws-token-sha256 are mutually exclusive",
        "--ws-auth capability-token --ws-token-sha256 00"
            + "| --ws-token-sha256 must be a SHA-256 digest of 64 hexadecimal digits",
        "--ws-auth capability-token --ws-token-file $empty"
            + "| websocket auth secret $empty must not be empty",
        "--ws-auth capability-token --ws-token-file $absent"
            + "| cannot read websocket auth secret $absent: no such file",
        "--ws-auth capability-token --ws-token-file $binary"
            + "| cannot read websocket auth secret $binary: not UTF-8",
        "--ws-auth capability-token --ws-token-file $token --ws-shared-secret-file $token"
            + "| --ws-shared-secret-file requires --ws-auth signed-bearer-token",
        "--ws-auth capability-token --ws-token-file $token --ws-audience you"
            + "| --ws-issuer, --ws-audience and --ws-max-clock-skew-seconds require --ws-auth"
            + " signed-bearer-token",
        "--ws-auth signed-bearer-token"
            + "| --ws-shared-secret-file is required with --ws-auth signed-bearer-token",
        "--ws-auth signed-bearer-token --ws-token-file $token"
            + "| --ws-token-file and --ws-token-sha256 require --ws-auth capability-token",
        "--ws-auth signed-bearer-token --ws-shared-secret-file $token"
            + "| signed websocket bearer secret $token must be at least 32 bytes",
        "--ws-auth signed-bearer-token --ws-shared-secret-file $secret"
            + " --ws-max-clock-skew-seconds -1"
            + "| --ws-max-clock-skew-seconds must not be negative",
      })
  void saysWhatIsWrongWithAuthentication(String line, String problem) throws Exception {
    Files.writeString(folder.resolve("token"), "sesame");
    Files.writeString(folder.resolve("empty"), " \n");
    Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe});
    Files.writeString(folder.resolve("secret"), "0123456789abcdef0123456789abcdef");
    assertThatThrownBy(() -> auth(line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(problem.replace("$", folder + "/"));
  }
}
