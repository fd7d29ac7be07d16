package dev.codexlsp.exec.remote;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How an exec-server is reached.
public sealed interface RemotePlace {
  /// How long a connection, and then the answer to `initialize`, may take unless something else is
  /// configured.
  Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

  /// How long the server may take to answer `initialize`.
  Duration initializeTimeout();

  /// The server there, as it is named in a sentence. Without the user, the path and the query of a
  /// URL and without the arguments of a program, which may hold secrets.
  String described();

  /// A WebSocket.
  ///
  /// @param url `ws` or `wss`, with a host
  /// @param bearerToken sent when the connection is made; null for a server that asks for none.
  ///   Never to another machine without encryption
  record Socket(
      URI url, @Nullable String bearerToken, Duration connectTimeout, Duration initializeTimeout)
      implements RemotePlace {
    public Socket {
      if (bearerToken != null && !url.getScheme().equalsIgnoreCase("wss") && !isHere(url)) {
        throw new IllegalArgumentException(
            "must be a wss:// URL, or one of this machine, because a token is sent there");
      }
    }

    /// Only what needs no look-up.
    private static boolean isHere(URI url) {
      String host = url.getHost();
      if (host.equalsIgnoreCase("localhost")) {
        return true;
      }
      try {
        return InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", "")).isLoopbackAddress();
      } catch (IllegalArgumentException _) {
        return false;
      }
    }

    @Override
    public String described() {
      String port = url.getPort() < 0 ? "" : ":" + url.getPort();
      return "the exec-server at " + url.getScheme() + "://" + url.getHost() + port;
    }

    @Override
    public String toString() {
      return described();
    }
  }

  /// A program whose standard input and output carry the protocol, such as `ssh`.
  ///
  /// @param environment its whole environment, exactly as given
  /// @param directory where it runs
  record Program(
      List<String> argv,
      Map<String, String> environment,
      Path directory,
      Duration initializeTimeout)
      implements RemotePlace {
    public Program {
      argv = List.copyOf(argv);
      environment = Map.copyOf(environment);
      if (argv.isEmpty()) {
        throw new IllegalArgumentException("argv must not be empty");
      }
    }

    @Override
    public String described() {
      return "the exec-server behind " + argv.getFirst();
    }

    @Override
    public String toString() {
      return described();
    }
  }
}
