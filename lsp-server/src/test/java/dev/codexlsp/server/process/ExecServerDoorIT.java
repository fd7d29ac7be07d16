package dev.codexlsp.server.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who may connect to the packaged exec-server, and what it says of options that make no sense.
class ExecServerDoorIT {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";

  @TempDir private Path folder;

  @BeforeEach
  void writeSecrets() throws Exception {
    Files.writeString(folder.resolve("token"), " sesame\n");
    Files.writeString(folder.resolve("secret"), SECRET + "\n");
    Files.writeString(folder.resolve("short"), "0123456789");
    Files.writeString(folder.resolve("empty"), " \n");
  }

  private String[] options(String line) {
    return Arrays.stream(line.split(" ", -1))
        .map(word -> word.replace("$", folder + "/"))
        .toArray(String[]::new);
  }

  @Test
  void aCapabilityToken() throws Exception {
    check("--ws-auth capability-token --ws-token-file $token", "sesame", "open");
  }

  @Test
  void aCapabilityTokenThatIsOnlyKnownByItsDigest() throws Exception {
    byte[] token = "sesame".getBytes(StandardCharsets.UTF_8);
    String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(token));
    check("--ws-auth capability-token --ws-token-sha256 " + digest, "sesame", "open");
  }

  @Test
  void aSignedToken() throws Exception {
    check(
        "--ws-auth signed-bearer-token --ws-shared-secret-file $secret --ws-issuer me"
            + " --ws-audience you --ws-max-clock-skew-seconds 0",
        jwt("{'exp':9999999999,'iss':'me','aud':'you'}"),
        jwt("{'exp':9999999999,'iss':'you','aud':'me'}"));
  }

  private static String jwt(String claims) throws Exception {
    String signed = part("{'alg':'HS256'}") + "." + part(claims);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return signed + "." + base64(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
  }

  private static String part(String json) {
    return base64(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private void check(String line, String right, String wrong) throws Exception {
    try (ExecServerProcess server = ExecServerProcess.start(options(line))) {
      URI uri = server.uri();
      for (String token : new String[] {null, wrong}) {
        assertThatThrownBy(() -> ExecClient.connect(uri, token))
            .hasCauseInstanceOf(WebSocketHandshakeException.class);
      }
      try (ExecClient client = ExecClient.connect(uri, right)) {
        assertThat(client.handshake(null)).hasSize(36);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--listen ws://localhost:0"
            + "| invalid websocket --listen URL `ws://localhost:0`; expected ws://IP:PORT",
        "--listen tcp://127.0.0.1:0"
            + "| unsupported --listen URL `tcp://127.0.0.1:0`; expected ws://IP:PORT or stdio",
        "--listen ws://0.0.0.0:0"
            + "| not listening on 0.0.0.0: an address that other machines can reach needs"
            + " authentication",
        "--ws-token-file $token"
            + "| websocket auth flags require --ws-auth capability-token or --ws-auth"
            + " signed-bearer-token",
        "--ws-auth capability-token --ws-token-file $absent"
            + "| cannot read websocket auth secret $absent: no such file",
        "--ws-auth signed-bearer-token --ws-shared-secret-file $short"
            + "| signed websocket bearer secret $short must be at least 32 bytes",
        "--concurrent-requests 0 | --concurrent-requests must be positive: 0",
      })
  void optionsThatMakeNoSense(String line, String sentence) throws Exception {
    try (ExecServerProcess server = ExecServerProcess.start(options(line))) {
      assertThat(server.exitStatus()).isEqualTo(1);
      assertThat(server.process().inputReader().readLine()).isNull();
      assertThat(server.stderr())
          .isEqualTo("codex-lsp: " + sentence.replace("$", folder + "/") + "\n");
    }
  }

  @Test
  void aPortThatIsTaken() throws Exception {
    try (ExecServerProcess server = ExecServerProcess.start()) {
      String uri = server.uri().toString();
      try (ExecServerProcess other = ExecServerProcess.start("--listen", uri)) {
        assertThat(other.exitStatus()).isEqualTo(1);
        assertThat(other.stderr())
            .isEqualTo("codex-lsp: cannot listen on " + uri + ": address already in use\n");
      }
    }
  }
}
