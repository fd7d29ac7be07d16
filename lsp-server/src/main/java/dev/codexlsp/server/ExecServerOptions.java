package dev.codexlsp.server;

import dev.codexlsp.exec.server.ExecServer;
import dev.codexlsp.exec.server.ws.WsAuth;
import dev.codexlsp.exec.server.ws.WsAuth.SignedBearer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the command line says about an exec-server.
///
/// @param listen where clients find it; null for a WebSocket on any port of this machine
/// @param auth who may connect
/// @param exitOnStdinClose whether it ends with the standard input that its parent holds
record ExecServerOptions(
    @Nullable String listen,
    Authentication auth,
    int concurrentRequests,
    boolean exitOnStdinClose) {

  private static final String EXIT_VARIABLE = "CODEX_EXEC_SERVER_EXIT_ON_STDIN_CLOSE";
  private static final Set<String> NO = Set.of("", "0", "false", "no", "off");

  /// Where an exec-server listens.
  sealed interface Listen {
    record Stdio() implements Listen {}

    /// A door to a network.
    ///
    /// @param host an IP address
    record WebSocket(String host, int port) implements Listen {}
  }

  /// The modes of authentication, by their names.
  enum Mode {
    CAPABILITY_TOKEN("capability-token"),
    SIGNED_BEARER_TOKEN("signed-bearer-token");

    private final String word;

    Mode(String word) {
      this.word = word;
    }

    static Mode named(String word) {
      for (Mode mode : values()) {
        if (mode.word.equals(word)) {
          return mode;
        }
      }
      throw new IllegalArgumentException(
          "invalid value `"
              + word
              + "` for --ws-auth; expected capability-token or signed-bearer-token");
    }

    @Override
    public String toString() {
      return word;
    }
  }

  /// What is said about who may connect.
  ///
  /// @param mode null for everybody
  record Authentication(
      @Nullable String mode,
      @Nullable Path tokenFile,
      @Nullable String tokenSha256,
      @Nullable Path sharedSecretFile,
      Terms terms) {
    private static final int SECRET_BYTES = 32;
    private static final int DIGEST_DIGITS = 64;

    /// Reads the files that are named.
    ///
    /// @throws IllegalArgumentException when it makes no sense; the message says why
    WsAuth toAuth() {
      if (mode == null) {
        require(
            tokenFile == null && tokenSha256 == null && sharedSecretFile == null && terms.isEmpty(),
            "websocket auth flags require --ws-auth capability-token or"
                + " --ws-auth signed-bearer-token");
        return new WsAuth.None();
      }
      return switch (Mode.named(mode)) {
        case CAPABILITY_TOKEN -> capabilityToken();
        case SIGNED_BEARER_TOKEN -> signedBearer();
      };
    }

    private WsAuth capabilityToken() {
      require(
          sharedSecretFile == null,
          "--ws-shared-secret-file requires --ws-auth signed-bearer-token");
      require(
          terms.isEmpty(),
          "--ws-issuer, --ws-audience and --ws-max-clock-skew-seconds require --ws-auth"
              + " signed-bearer-token");
      require(
          tokenFile == null || tokenSha256 == null,
          "--ws-token-file and --ws-token-sha256 are mutually exclusive");
      if (tokenFile != null) {
        return WsAuth.CapabilityToken.of(
            new String(secret(tokenFile), StandardCharsets.UTF_8).strip());
      }
      require(
          tokenSha256 != null,
          "--ws-token-file or --ws-token-sha256 is required with --ws-auth capability-token");
      return new WsAuth.CapabilityToken(digest(String.valueOf(tokenSha256)));
    }

    private static byte[] digest(String hex) {
      try {
        if (hex.length() == DIGEST_DIGITS) {
          return HexFormat.of().parseHex(hex);
        }
      } catch (IllegalArgumentException notHex) {
        // The same words as for a wrong length.
      }
      throw new IllegalArgumentException(
          "--ws-token-sha256 must be a SHA-256 digest of 64 hexadecimal digits");
    }

    private WsAuth signedBearer() {
      require(
          tokenFile == null && tokenSha256 == null,
          "--ws-token-file and --ws-token-sha256 require --ws-auth capability-token");
      if (sharedSecretFile == null) {
        throw new IllegalArgumentException(
            "--ws-shared-secret-file is required with --ws-auth signed-bearer-token");
      }
      byte[] secret = secret(sharedSecretFile);
      require(
          secret.length >= SECRET_BYTES,
          "signed websocket bearer secret " + sharedSecretFile + " must be at least 32 bytes");
      return new SignedBearer(secret, terms.toTerms(), InstantSource.system());
    }

    /// Without the white space around it, which an editor may have put there.
    private static byte[] secret(Path file) {
      byte[] secret;
      try {
        secret = Files.readString(file).strip().getBytes(StandardCharsets.UTF_8);
      } catch (IOException failure) {
        throw new IllegalArgumentException(
            "cannot read websocket auth secret " + file + ": " + reason(failure), failure);
      }
      require(secret.length > 0, "websocket auth secret " + file + " must not be empty");
      return secret;
    }

    private static String reason(IOException failure) {
      return switch (failure) {
        case NoSuchFileException _ -> "no such file";
        case AccessDeniedException _ -> "permission denied";
        case CharacterCodingException _ -> "not UTF-8";
        case IOException other -> String.valueOf(other.getMessage());
      };
    }

    private static void require(boolean sound, String problem) {
      if (!sound) {
        throw new IllegalArgumentException(problem);
      }
    }
  }

  /// What a signed token must say.
  ///
  /// @param clockSkewSeconds 30 unless given
  record Terms(
      @Nullable String issuer, @Nullable String audience, @Nullable Long clockSkewSeconds) {
    private static final long DEFAULT_SKEW = 30;

    boolean isEmpty() {
      return issuer == null && audience == null && clockSkewSeconds == null;
    }

    SignedBearer.Terms toTerms() {
      long skew = clockSkewSeconds == null ? DEFAULT_SKEW : clockSkewSeconds;
      if (skew < 0) {
        throw new IllegalArgumentException("--ws-max-clock-skew-seconds must not be negative");
      }
      return new SignedBearer.Terms(issuer, audience, Duration.ofSeconds(skew));
    }
  }

  /// How much a client may ask for at once.
  ///
  /// @throws IllegalArgumentException when that is nothing
  ExecServer.Limits limits() {
    if (concurrentRequests < 1) {
      throw new IllegalArgumentException(
          "--concurrent-requests must be positive: " + concurrentRequests);
    }
    return ExecServer.Limits.withConcurrentRequests(concurrentRequests);
  }

  /// Where to listen.
  ///
  /// @throws IllegalArgumentException when the URL says no such place
  Listen place() {
    if (listen == null) {
      return new Listen.WebSocket("127.0.0.1", 0);
    }
    if (listen.equals("stdio") || listen.equals("stdio://")) {
      return new Listen.Stdio();
    }
    if (!listen.startsWith("ws://")) {
      throw new IllegalArgumentException(
          "unsupported --listen URL `" + listen + "`; expected ws://IP:PORT or stdio");
    }
    try {
      URI uri = new URI(listen);
      if (!listen.equals("ws://" + uri.getHost() + ":" + uri.getPort())) {
        throw new IllegalArgumentException("not only a host and a port");
      }
      String host = uri.getHost().replaceAll("[\\[\\]]", "");
      InetAddress literal = InetAddress.ofLiteral(host);
      // The constructor looks at the port.
      InetSocketAddress address = new InetSocketAddress(literal, uri.getPort());
      return new Listen.WebSocket(host, address.getPort());
    } catch (URISyntaxException | IllegalArgumentException wrong) {
      throw new IllegalArgumentException(
          "invalid websocket --listen URL `" + listen + "`; expected ws://IP:PORT", wrong);
    }
  }

  /// Whether the end of the standard input ends the server; a parent may say so in the environment.
  boolean exitsOnStdinClose(Map<String, String> variables) {
    return exitOnStdinClose || !NO.contains(variables.getOrDefault(EXIT_VARIABLE, ""));
  }
}
